import { describe, expect, test } from 'vitest';
import { gapPatienceMs } from '../../src/index.js';
import { Rig } from './rig.js';
import { vectors, type Expected } from './vectors.js';

test('the vectors are of the version that is understood here', () => {
  expect(vectors.version).toBe(1);
  expect(vectors.patienceMs).toBe(gapPatienceMs);
  expect(vectors.vectors.length).toBeGreaterThan(20);
});

describe('vectors', () => {
  test.each(vectors.vectors.map((vector) => [vector.name, vector] as const))('%s', async (_, vector) => {
    const rig = await Rig.of(vector, vectors.patienceMs);
    for (const [index, step] of vector.steps.entries()) {
      await rig.take(step);
      const expected: Expected = vector.mode === 'heads' ? { ...step.then, continuity: undefined as never } : (step.then ?? {});
      const names = (Object.keys(expected) as (keyof Expected)[]).filter((name) => expected[name] !== undefined);
      const actual = Object.fromEntries(names.map((name) => [name, rig[name]]));
      expect(actual, `step ${index + 1}: ${JSON.stringify({ ...step, then: undefined })}`).toEqual(Object.fromEntries(names.map((name) => [name, expected[name]])));
    }
    rig.dispose();
  });
});
