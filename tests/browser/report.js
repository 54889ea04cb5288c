// Running checks one after the other and telling what was wrong.
import { chromium } from 'playwright-core';

/** The browser that all checks use. */
export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--no-first-run'],
});

/** Runs the checks whose names hold the words; each gives back what was wrong. Sets the exit code. */
export const report = async (checks, wanted) => {
  let failed = 0;
  const all = Object.entries(checks).filter(([name]) => name.includes(wanted));
  for (const [name, run] of all) {
    const problems = await run().catch((error) => [`the check itself broke: ${error.message.split('\n')[0]}`]);
    if (problems.length === 0) continue;
    failed += 1;
    console.log(`FAILED ${name}`);
    for (const words of new Set(problems)) console.log(`       ${words}`);
  }
  console.log(`${all.length - failed} passed, ${failed} failed`);
  process.exitCode = failed > 0 || all.length === 0 ? 1 : 0;
};
