import type { Language } from '../i18n/locale.ts';

/** All languages come along with the few pieces that say them: together they are shorter than a request of their own. */
export interface Words {
  code: string;
  table: string;
  copy: string;
  copied: string;
  /** The page may not write to the clipboard. */
  selected: string;
  done: string;
  notDone: string;
  sources(count: number): string;
  source(number: number, title: string): string;
}

const WORDS: Record<Language, Words> = {
  en: {
    code: 'Code',
    table: 'Table',
    copy: 'Copy',
    copied: 'Copied',
    selected: 'Selected. Copy it with your keyboard.',
    done: 'Done',
    notDone: 'Not done',
    sources: (count) => `Sources (${count})`,
    source: (number, title) => `Source ${number}: ${title}`,
  },
  he: {
    code: 'קוד',
    table: 'טבלה',
    copy: 'העתקה',
    copied: 'הועתק',
    selected: 'הטקסט סומן. אפשר להעתיק אותו מהמקלדת.',
    done: 'בוצע',
    notDone: 'לא בוצע',
    sources: (count) => `מקורות (${count})`,
    source: (number, title) => `מקור ${number}: ${title}`,
  },
  ar: {
    code: 'رمز',
    table: 'جدول',
    copy: 'نسخ',
    copied: 'تم النسخ',
    selected: 'النص محدد. انسخه من لوحة المفاتيح.',
    done: 'تم',
    notDone: 'لم يتم',
    sources: (count) => `المصادر (${count})`,
    source: (number, title) => `المصدر ${number}: ${title}`,
  },
  de: {
    code: 'Code',
    table: 'Tabelle',
    copy: 'Kopieren',
    copied: 'Kopiert',
    selected: 'Markiert. Bitte mit der Tastatur kopieren.',
    done: 'Erledigt',
    notDone: 'Offen',
    sources: (count) => `Quellen (${count})`,
    source: (number, title) => `Quelle ${number}: ${title}`,
  },
  es: {
    code: 'Código',
    table: 'Tabla',
    copy: 'Copiar',
    copied: 'Copiado',
    selected: 'Seleccionado. Cópialo con el teclado.',
    done: 'Hecho',
    notDone: 'Pendiente',
    sources: (count) => `Fuentes (${count})`,
    source: (number, title) => `Fuente ${number}: ${title}`,
  },
  fr: {
    code: 'Code',
    table: 'Tableau',
    copy: 'Copier',
    copied: 'Copié',
    selected: 'Texte sélectionné. Copiez-le avec votre clavier.',
    done: 'Fait',
    notDone: 'À faire',
    sources: (count) => `Sources (${count})`,
    source: (number, title) => `Source ${number} : ${title}`,
  },
  it: {
    code: 'Codice',
    table: 'Tabella',
    copy: 'Copia',
    copied: 'Copiato',
    selected: 'Testo selezionato. Copialo con la tastiera.',
    done: 'Fatto',
    notDone: 'Da fare',
    sources: (count) => `Fonti (${count})`,
    source: (number, title) => `Fonte ${number}: ${title}`,
  },
  ja: {
    code: 'コード',
    table: '表',
    copy: 'コピー',
    copied: 'コピーしました',
    selected: '選択しました。キーボードでコピーしてください。',
    done: '完了',
    notDone: '未完了',
    sources: (count) => `出典（${count}）`,
    source: (number, title) => `出典${number}：${title}`,
  },
  nl: {
    code: 'Code',
    table: 'Tabel',
    copy: 'Kopiëren',
    copied: 'Gekopieerd',
    selected: 'Geselecteerd. Kopieer het met je toetsenbord.',
    done: 'Klaar',
    notDone: 'Nog niet klaar',
    sources: (count) => `Bronnen (${count})`,
    source: (number, title) => `Bron ${number}: ${title}`,
  },
  pl: {
    code: 'Kod',
    table: 'Tabela',
    copy: 'Kopiuj',
    copied: 'Skopiowano',
    selected: 'Zaznaczono. Skopiuj tekst z klawiatury.',
    done: 'Zrobione',
    notDone: 'Do zrobienia',
    sources: (count) => `Źródła (${count})`,
    source: (number, title) => `Źródło ${number}: ${title}`,
  },
  pt: {
    code: 'Código',
    table: 'Tabela',
    copy: 'Copiar',
    copied: 'Copiado',
    selected: 'Texto selecionado. Copie-o com o teclado.',
    done: 'Feito',
    notDone: 'Por fazer',
    sources: (count) => `Fontes (${count})`,
    source: (number, title) => `Fonte ${number}: ${title}`,
  },
  ru: {
    code: 'Код',
    table: 'Таблица',
    copy: 'Копировать',
    copied: 'Скопировано',
    selected: 'Текст выделен. Скопируйте его с клавиатуры.',
    done: 'Готово',
    notDone: 'Не готово',
    sources: (count) => `Источники (${count})`,
    source: (number, title) => `Источник ${number}: ${title}`,
  },
  tr: {
    code: 'Kod',
    table: 'Tablo',
    copy: 'Kopyala',
    copied: 'Kopyalandı',
    selected: 'Metin seçildi. Klavyenizle kopyalayın.',
    done: 'Tamamlandı',
    notDone: 'Tamamlanmadı',
    sources: (count) => `Kaynaklar (${count})`,
    source: (number, title) => `Kaynak ${number}: ${title}`,
  },
  uk: {
    code: 'Код',
    table: 'Таблиця',
    copy: 'Копіювати',
    copied: 'Скопійовано',
    selected: 'Текст виділено. Скопіюйте його з клавіатури.',
    done: 'Готово',
    notDone: 'Не готово',
    sources: (count) => `Джерела (${count})`,
    source: (number, title) => `Джерело ${number}: ${title}`,
  },
  zh: {
    code: '代码',
    table: '表格',
    copy: '复制',
    copied: '已复制',
    selected: '已选中。请用键盘复制。',
    done: '已完成',
    notDone: '未完成',
    sources: (count) => `来源（${count}）`,
    source: (number, title) => `来源${number}：${title}`,
  },
};

/** The words for what stands inside a message. */
export function wordsFor(element: Element): Words {
  return WORDS[(element.closest('shopclerk-message')?.strings.$lang ?? 'en') as Language];
}
