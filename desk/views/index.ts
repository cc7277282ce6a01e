import type { DeskRole } from '../../proxy/protocol/admin/index.ts';
import type { IconName } from '../components/icon.ts';

/** A view: its file defines the element `desk-<name>`, made of `DeskView`. This line puts it into the rail. */
export interface ViewEntry {
  /** In the address, and in the element's name. */
  name: string;
  title: string;
  icon: IconName;
  group: 'Assistant' | 'Shop' | 'Desk';
  load: () => Promise<unknown>;
  /** Has a range picker. */
  ranged?: true;
  /** Is the same for all shops. */
  anyShop?: true;
  /** Who sees it; everybody where it isn't said. */
  role?: DeskRole;
  /** Isn't in the rail, but a part of this one. */
  within?: string;
}

export const VIEWS: ViewEntry[] = [
  {
    name: 'overview',
    title: 'Overview',
    icon: 'overview',
    group: 'Assistant',
    load: () => import('./overview.ts'),
    ranged: true,
  },
  {
    name: 'conversations',
    title: 'Conversations',
    icon: 'chat',
    group: 'Assistant',
    load: () => import('./conversations.ts'),
    ranged: true,
  },
  {
    name: 'conversation',
    title: 'Conversation',
    icon: 'chat',
    group: 'Assistant',
    load: () => import('./conversation.ts'),
    within: 'conversations',
  },
  { name: 'gaps', title: 'Gaps', icon: 'gap', group: 'Assistant', load: () => import('./gaps.ts') },
  {
    name: 'usage',
    title: 'Usage and cost',
    icon: 'coins',
    group: 'Assistant',
    load: () => import('./usage.ts'),
    ranged: true,
  },
  { name: 'settings', title: 'Settings', icon: 'sliders', group: 'Shop', load: () => import('./settings.ts') },
  { name: 'playground', title: 'Try it', icon: 'flask', group: 'Shop', load: () => import('./playground.ts') },
  { name: 'documents', title: 'Documents', icon: 'file', group: 'Shop', load: () => import('./documents.ts') },
  { name: 'catalogue', title: 'Catalogue', icon: 'box', group: 'Shop', load: () => import('./catalogue.ts') },
  { name: 'install', title: 'Install', icon: 'code', group: 'Shop', load: () => import('./install.ts') },
  {
    name: 'accounts',
    title: 'Accounts',
    icon: 'people',
    group: 'Desk',
    load: () => import('./accounts.ts'),
    anyShop: true,
  },
  { name: 'audit', title: 'Changes', icon: 'log', group: 'Desk', load: () => import('./audit.ts') },
  { name: 'health', title: 'Health', icon: 'pulse', group: 'Desk', load: () => import('./health.ts'), anyShop: true },
];
