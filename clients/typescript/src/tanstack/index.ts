export { chatKeys } from './keys.js';
export { chatQueries } from './queries.js';
export { connectQueries } from './connect.js';
