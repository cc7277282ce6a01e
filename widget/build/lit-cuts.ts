/**
 * What of lit-html the widget's templates have no use for, and the build leaves out: exact text of the version that is installed, so
 * that another one fails the build in place of being cut wrongly. Templates here have no comments, no directives, no expression in the text of
 * `<textarea>` or `<style>` or in place of an attribute, are HTML, and are compiled by nobody.
 */
const CUTS: readonly (readonly [text: string, instead: string])[] = [
  // It counts its copies in the page's globals, and looks there for polyfills: nothing of ours is left in a page.
  ['(t.litHtmlVersions??=[]).push("3.3.3")', '0'],
  ['B=t.litHtmlPolyfillSupport;B?.(S,k),', 'B='],
  // svg`` and mathml``.
  ['l=2===i?"<svg>":3===i?"<math>":""', 'l=""'],
  ['+(2===i?"</svg>":3===i?"</math>":"")', ''],
  [
    'if(this.el=S.createElement(f,e),P.currentNode=this.el.content,2===i||3===i){const t=this.el.content.firstChild;t.replaceWith(...t.childNodes)}',
    'this.el=document.createElement("template");this.el.innerHTML=f;P.currentNode=this.el.content;',
  ],
  // Expressions in text that isn't parsed.
  ['(y.test(u[2])&&(n=RegExp("</"+u[2],"g")),c=p)', 'c=p'],
  [
    'if(y.test(r.tagName)){const t=r.textContent.split(o),i=t.length-1;if(i>0){r.textContent=s?s.emptyScript:"";for(let s=0;s<i;s++)r.append(t[s],c()),P.nextNode(),d.push({type:2,index:++l});r.append(t[i],c())}}',
    '',
  ],
  ['c=n??v', 'c=v'],
  ['(c=p,n=void 0)', 'c=p'],
  // Expressions in comments.
  [
    'if(r.data===n)d.push({type:2,index:l});else{let t=-1;for(;-1!==(t=r.data.indexOf(o,t+1));)d.push({type:7,index:l}),t+=o.length-1}',
    'r.data===n&&d.push({type:2,index:l});',
  ],
  ['"!--"===u[1]?c=_:', ''],
  ['c===_||c===m?c=v', 'c===m?c=v'],
  // Nor is there `</` before anything but a name, and none in place of an attribute's name.
  ['void 0!==u[1]?c=m:void 0!==u[2]?c=p:void 0!==u[3]&&(c=p)', 'c=p'],
  ['/<(?:(!--|\\/[^a-zA-Z])|(\\/?[a-zA-Z][^>\\s]*)|(\\/?$))/g', '/<\\/?(?:[a-zA-Z][^>\\s]*|$)/g'],
  ['void 0===u[1]?d=-2:(d=c.lastIndex-u[2].length,', '(d=c.lastIndex-u[2].length,'],
  ['c===$||c===g?c=p:c===m?c=v:c=p', 'c=p'],
  ['s+o+(-2===d?i:x)', 's+o+x'],
  // Expressions in place of attributes.
  ['else t.startsWith(o)&&(d.push({type:6,index:l}),r.removeAttribute(t));', ''],
  [
    '2===r.type?i=new k(h,h.nextSibling,this,t):1===r.type?i=new r.ctor(h,r.name,r.strings,this,t):6===r.type&&(i=new Z(h,this,t))',
    'i=2===r.type?new k(h,h.nextSibling,this,t):new r.ctor(h,r.name,r.strings,this,t)',
  ],
  [
    'void 0!==s&&(void 0!==s.strings?(s._$AI(t,s,i),i+=s.strings.length-2):s._$AI(t[i])),i++',
    'void 0!==s.strings?(s._$AI(t,s,i),i+=s.strings.length-2):s._$AI(t[i]),i++',
  ],
  // What tells asynchronous directives that their part has gone, and documents to make nodes in.
  ['setConnected(t){void 0===this._$AM&&(this._$Cv=t,this._$AP?.(t))}', ''],
  ['for(this._$AP?.(!1,!0,s);t!==this._$AB;)', 'for(;t!==this._$AB;)'],
  ['(t?.creationScope??l).importNode', 'l.importNode'],
  // Directives, and what they may ask about their place; with them goes `noChange`, which only they have a use for.
  ['j={M:h,P:o,A:n,C:1,L:N,R,D:d,V:M,I:k,H,N:L,U:z,B:I,F:Z}', 'j={}'],
  [
    'function M(t,i,s=t,e){if(i===E)return i;let h=void 0!==e?s._$Co?.[e]:s._$Cl;const o=a(i)?void 0:i._$litDirective$;return h?.constructor!==o&&(h?._$AO?.(!1),void 0===o?h=void 0:(h=new o(t),h._$AT(t,s,e)),void 0!==e?(s._$Co??=[])[e]=h:s._$Cl=h),void 0!==h&&(i=M(t,h._$AS(t,i.values),h,e)),i}',
    '',
  ],
  ['E=Symbol.for("lit-noChange")', 'E=0'],
  ['_$AI(t,i=this){t=M(this,t,i),a(t)', '_$AI(t){a(t)'],
  ['t!==this._$AH&&t!==E&&this._(t)', 't!==this._$AH&&this._(t)'],
  ['_$AI(t,i=this,s,e){const h', '_$AI(t,s){const h'],
  ['t=M(this,t,i,0),o=!a(t)||t!==this._$AH&&t!==E,', 'o=!a(t)||t!==this._$AH,'],
  ['r=M(this,e[s+n],i,n),r===E&&(r=this._$AH[n]),', 'r=e[s+n],'],
  ['o&&!e&&this.j(t)', 'o&&this.j(t)'],
  ['_$AI(t,i=this){if((t=M(this,t,i,0)??A)===E)return;', '_$AI(t){t??=A;'],
  ['(s._$AI(t,s,i),', '(s._$AI(t,i),'],
  ['_$AI(t){M(this,t)}', ''],
  ['{this._$AV=[],this._$AN=void 0,', '{this._$AV=[],'],
  ['get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(t)', 'u()'],
  ['get _$AU(){return this._$AM?._$AU??this._$Cv}constructor', 'constructor'],
  ['this.type=2,this._$AH=A,this._$AN=void 0,', 'this._$AH=A,'],
  [',this._$Cv=e?.isConnected??!0', ''],
  [
    'get parentNode(){let t=this._$AA.parentNode;const i=this._$AM;return void 0!==i&&11===t?.nodeType&&(t=i.parentNode),t}get startNode(){return this._$AA}get endNode(){return this._$AB}',
    '',
  ],
  ['get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}', ''],
  ['this.type=1,this._$AH=A,this._$AN=void 0,', 'this._$AH=A,'],
  ['constructor(){super(...arguments),this.type=4}', ''],
  ['constructor(t,i,s,e,h){super(t,i,s,e,h),this.type=5}', ''],
  // Listeners that are objects, with options, or want to know who `this` is.
  ['||t.capture!==s.capture||t.once!==s.once||t.passive!==s.passive', ''],
  [
    '"function"==typeof this._$AH?this._$AH.call(this.options?.host??this.element,t):this._$AH.handleEvent(t)',
    'this._$AH(t)',
  ],
  // So no part has to know its place, its kind or what it is drawn with.
  ['(t,i){this._$AV=[],this._$AD=t,this._$AM=i}', '(t){this._$AV=[],this._$AD=t}'],
  [
    '(t,i,s,e){this._$AH=A,this._$AA=t,this._$AB=i,this._$AM=s,this.options=e}',
    '(t,i){this._$AH=A,this._$AA=t,this._$AB=i}',
  ],
  [
    '(t,i,s,e,h){this._$AH=A,this.element=t,this.name=i,this._$AM=e,this.options=h,',
    '(t,i,s){this._$AH=A,this.element=t,this.name=i,',
  ],
  [
    'i=2===r.type?new k(h,h.nextSibling,this,t):new r.ctor(h,r.name,r.strings,this,t)',
    'i=r.ctor?new r.ctor(h,r.name,r.strings):new k(h,h.nextSibling)',
  ],
  ['d.push({type:1,index:l,', 'd.push({index:l,'],
  ['d.push({type:2,index:l})', 'd.push({index:l})'],
  ['constructor(){super(...arguments),this.type=3}', ''],
  ['const t=new R(e,this),s=t.u(this.options);', 'const t=new R(e),s=t.u();'],
  ['new k(this.O(c()),this.O(c()),this,this.options)', 'new k(this.O(c()),this.O(c()))'],
  ['new k(i.insertBefore(c(),t),t,void 0,s??{})', 'new k(i.insertBefore(c(),t),t)'],
  // Lists that are no arrays.
  ['d=t=>u(t)||"function"==typeof t?.[Symbol.iterator]', 'd=u'],
  ['if(r.hasAttributes())for(', 'for('],
  // Templates compiled beforehand, and elements of templates made in another way.
  ['static createElement(t,i){const s=l.createElement("template");return s.innerHTML=t,s}', ''],
  [
    '"number"==typeof s?this._$AC(t):(void 0===s.el&&(s.el=S.createElement(V(s.h,s.h[0]),this.options)),s)',
    'this._$AC(t)',
  ],
];

/** @throws when lit-html isn't the one that this was written for */
export function cutLit(code: string): string {
  return CUTS.reduce((code, [text, instead]) => {
    if (code.split(text).length !== 2) throw new Error(`lit-html is another: it has no ${text}`);
    return code.replace(text, () => instead);
  }, code);
}
