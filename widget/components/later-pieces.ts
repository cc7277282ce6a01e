import './added.ts';
import './cart-act.ts';
import './comparison.ts';
import './contact.ts';
