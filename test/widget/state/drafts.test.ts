import { beforeEach, describe, expect, test } from 'vitest';
import { createDrafts } from '../../../widget/state/drafts.ts';
import { MemoryStorage } from '../memory-storage.ts';

describe('drafts', () => {
  let storage: MemoryStorage;
  let key: string | null;
  const open = () => createDrafts({ key: () => key, storage: () => storage });

  beforeEach(() => {
    storage = new MemoryStorage();
    key = 'drafts';
  });

  test('are kept per conversation, also after a reload', () => {
    const drafts = open();
    drafts.keepDraft(null, 'A new one');
    drafts.keepDraft('thr_1', 'Is it wash');
    expect([open().draft(null), open().draft('thr_1'), open().draft('thr_2')]).toEqual(['A new one', 'Is it wash', '']);
    drafts.keepDraft('thr_1', '');
    drafts.keepDraft(null, '');
    expect(storage.length).toBe(0);
  });

  test('go along into the conversation that they were begun for', () => {
    const drafts = open();
    drafts.keepDraft(null, 'And');
    drafts.keepDraft('thr_1', 'And');
    expect([drafts.draft(null), drafts.draft('thr_1')]).toEqual(['', 'And']);
  });

  test('are ten at the most, the newest', () => {
    const drafts = open();
    for (let at = 0; at < 12; at++) drafts.keepDraft(`thr_${at}`, `text ${at}`);
    expect([open().draft('thr_1'), open().draft('thr_2'), open().draft('thr_11')]).toEqual(['', 'text 2', 'text 11']);
  });

  test('take nothing on trust that the page wrote there, and last as long as the page where storage is blocked', () => {
    for (const text of ['null', '[', '{"thr_1":{"a":1}}', '7']) {
      storage.setItem('drafts', text);
      expect(open().draft('thr_1'), text).toBe('');
    }
    const blocked = createDrafts({
      key: () => key,
      storage: () => {
        throw new Error('blocked');
      },
    });
    blocked.keepDraft('thr_1', 'Still');
    expect(blocked.draft('thr_1')).toBe('Still');
  });

  test('of somebody who has signed in are written nowhere', () => {
    key = null;
    const drafts = open();
    drafts.keepDraft('thr_1', 'Private');
    expect(drafts.draft('thr_1')).toBe('Private');
    expect(storage.length).toBe(0);
  });
});
