import { createApp } from 'vue';
import App from './app.vue';

// Vue's compiler has to know that the element is none of its components, in vite.config.js:
// vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'shop-clerk' } } })
createApp(App).mount('#app');
