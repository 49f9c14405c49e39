/** A source of chance: a number from 0 (inclusive) to 1 (exclusive). Pass a seeded one for runs that can be repeated. */
export type Chance = () => number;
