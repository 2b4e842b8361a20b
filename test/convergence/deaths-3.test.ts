import { describeDeaths } from '../support/deaths.ts';

describeDeaths(2);
