import { adapterContract } from '../contract.js';
import { contractRig } from './rig.js';

adapterContract('飞书', contractRig);
