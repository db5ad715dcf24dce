// The pages of signing in where a second factor is required, as in production: an application of its own.

import { test } from 'node:test';
import { useApp } from './support.mjs';
import { visitor } from './visitor.mjs';
import { steps } from './walks.mjs';

const app = useApp({ env: { SANAD_REQUIRE_SECOND_FACTOR: 'true' } });

test(steps.who, { skip: process.env.SANAD_TEST_URL !== undefined }, async (t) => steps.pages(await visitor(t, app), app));
