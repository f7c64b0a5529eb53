export { bigramsOf, likeness } from '../../domain/likeness.js';
