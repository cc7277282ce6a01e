import './language.ts';
import './app.ts';
