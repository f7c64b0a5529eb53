import { adapterContract } from '../contract.js';
import { contractRig } from './rig.js';

adapterContract('钉钉, by the robot of the group', () => contractRig('webhook'));
adapterContract('钉钉, by 企业机器人 alone', () => contractRig('robot'));
adapterContract('钉钉, with cards', () => contractRig('card'));
