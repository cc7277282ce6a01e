import { describe, expect, test } from 'vitest';
import { closedLog, readFrames, TurnLogs, type LoggedEvent, type TurnLog } from '../../../proxy/chat/turn-log.ts';

const never = new AbortController().signal;
const say = (content: string) => ({ type: 'text' as const, content });

async function collect(log: TurnLog, after = 0): Promise<LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  for await (const batch of log.follow(after, never)) events.push(...batch);
  return events;
}

function logs(commit: (frames: string) => void = () => undefined) {
  const failures: unknown[] = [];
  return { logs: new TurnLogs({ commit, onFailure: (error) => failures.push(error) }), failures };
}

describe('an event', () => {
  test('is seen by nobody before it is committed', async () => {
    const committed: string[] = [];
    const made = logs((frames) => committed.push(frames));
    const log = made.logs.open('trn_a');
    log.append(say('one'));
    log.close();
    for await (const batch of log.follow(0, never)) {
      for (const { frame } of batch) expect(committed.join('')).toContain(frame);
    }
    expect(committed).toHaveLength(1);
  });

  test('is committed together with those of other turns, in the order in which each turn said them', () => {
    const commits: string[] = [];
    const made = logs((frames) => commits.push(frames));
    const [a, b] = [made.logs.open('trn_a'), made.logs.open('trn_b')];
    a.append(say('1'));
    b.append(say('x'));
    a.append(say('2'));
    made.logs.flush();
    expect(commits).toHaveLength(1);
    const read = readFrames(commits[0]!);
    expect(read.get('trn_a')!.map(({ seq, event }) => [seq, event])).toEqual([
      [1, say('1')],
      [2, say('2')],
    ]);
    expect(read.get('trn_b')!.map(({ event }) => event)).toEqual([say('x')]);
  });

  test('that could not be committed is never shown, and who follows is let go without an end', async () => {
    const made = logs(() => {
      throw new Error('disk full');
    });
    const log = made.logs.open('trn_a');
    log.append(say('lost'));
    expect(await collect(log)).toEqual([]);
    expect(made.failures).toMatchObject([{ message: 'disk full' }]);
    log.append(say('more'));
    made.logs.flush();
    expect(made.failures).toHaveLength(1);
  });

  test('survives the way into the database and back, whatever is in it', () => {
    let committed = '';
    const made = logs((frames) => (committed += frames));
    const log = made.logs.open('trn_a');
    const texts = ['\n\n', 'data: x\n\nid: y', '\u2028', '', 'שלום', '\r\n'];
    for (const text of texts) log.append(say(text));
    made.logs.flush();
    expect(
      readFrames(committed)
        .get('trn_a')!
        .map(({ event }) => event),
    ).toEqual(texts.map(say));
    expect(log.frames()).toBe(committed);
  });
});

describe('a follower', () => {
  test('that joins between two commits gets everything once, in order', async () => {
    const made = logs();
    const log = made.logs.open('trn_a');
    const joined: Promise<LoggedEvent[]>[] = [];
    for (let n = 1; n <= 50; n++) {
      joined.push(collect(log, Math.min(n - 1, 3)));
      log.append(say(String(n)));
      if (n % 7 === 0) made.logs.flush();
    }
    log.close();
    for (const [index, events] of (await Promise.all(joined)).entries()) {
      const first = Math.min(index, 3) + 1;
      expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 51 - first }, (_, n) => first + n));
    }
  });

  test('goes on where the turn was broken off', async () => {
    const earlier: LoggedEvent[] = [
      { seq: 1, event: say('old'), frame: 'id: trn_a:1\ndata: {"type":"text","content":"old"}\n\n' },
    ];
    const made = logs();
    const log = made.logs.open('trn_a', earlier);
    log.append(say('new'));
    log.close();
    expect((await collect(log)).map(({ seq }) => seq)).toEqual([1, 2]);
    expect((await collect(log, 1)).map(({ event }) => event)).toEqual([say('new')]);
  });

  test('of a turn that is over reads it and is done', async () => {
    const log = closedLog('trn_a', [{ seq: 1, event: say('x'), frame: '' }]);
    expect(await collect(log)).toHaveLength(1);
    expect([log.has(1), log.has(2), log.isOver(1), log.isOver(0)]).toEqual([true, false, true, false]);
  });
});
