// Walks a learner's path through the portal of the sample, from the printed address on by links and keys alone.
//   node walk.mjs CHROMIUM ADDRESS GUIDE PICTURES R2
// GUIDE is the page of `mlops guide --html`, PICTURES a folder for screenshots, R2 the metric of the trained model. Says what it
// waits for on a line of its own, "run a job", and ends with 0 if all is as it should be.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const [browserPath, address, guide, pictures, r2] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
const page = await browser.newPage();
page.setDefaultTimeout(60_000);
const trouble = [];
page.on('console', message => ['error', 'warning'].includes(message.type()) && trouble.push(message.text()));
page.on('pageerror', error => trouble.push(String(error)));

/** No barrier, nothing cut off: dark and light, on a phone and on a desk. */
async function look(name) {
  for (const colorScheme of ['light', 'dark']) {
    for (const width of [360, 1280]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 900 });
      await page.screenshot({ path: `${pictures}/${name}-${colorScheme}-${width}.png` });
      const found = await page.evaluate(async source => {
        new Function(source).call(window);
        return (await window.axe.run()).violations.map(v => `${v.id}: ${v.nodes[0].html} ${v.nodes[0].failureSummary}`);
      }, axe);
      assert.deepEqual(found, [], `${name}, ${colorScheme}, ${width} px`);
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      assert.ok(beyond <= 0, `${name} is ${beyond} px too wide at ${width} px`);
    }
  }
}

const main = page.getByRole('main');
async function to(section) {
  await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: section, exact: true }).click();
  await main.getByRole('heading', { level: 2, name: section, exact: true }).waitFor();
}

try {
  await page.goto(address);
  await page.waitForURL(url => url.pathname === '/' && url.search === '');
  assert.equal(await page.evaluate(() => document.cookie), '', 'a script sees the cookie');
  await look('guide');

  await page.keyboard.press('Tab');
  const skip = page.locator(':focus');
  assert.equal(await skip.textContent(), 'Skip to the content');
  const box = await skip.boundingBox();
  assert.ok(box.x >= 0 && box.y >= 0, 'the link that has the focus is not seen');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.activeElement.closest('main') !== null), 'the skip link leads nowhere');
  await main.getByText('compute.dev', { exact: true }).click();
  await main.getByText(/az ml compute create/).first().waitFor();

  await to('Resources');
  await main.getByRole('cell', { name: 'Microsoft.MachineLearningServices/workspaces' }).first().waitFor();
  await look('resources');

  // who may write to the storage account
  await to('Access');
  const writers = main.getByRole('table', { name: /^Who may write to storage account stgaccmlops2demo/ });
  const row = writers.getByRole('row').filter({ hasText: 'mlopsuidemo' });
  assert.match(await row.innerText(), /Storage Blob Data Owner[^]*by its own login/);
  await look('access');

  // the metric of the trained model, and its manifest
  await to('Models');
  const model = main.getByRole('article').filter({ hasText: 'taxi-model-mlops-demo version 1' });
  assert.equal(await model.locator('.card', { hasText: 'r2' }).locator('b').textContent(), Number(r2).toFixed(4));
  await model.getByText(/^Manifest: \d+ files/).click();
  await model.getByRole('row').filter({ hasText: 'MLmodel' }).waitFor();
  await look('models');

  // the log of its job
  await model.getByRole('link', { name: /^taxi-fare-training/ }).click();
  await main.getByRole('img', { name: /evaluate_model after prep_data and train_model/ }).waitFor();
  await main.getByText('Log of evaluate_model').click();
  assert.match(await main.getByRole('group', { name: 'Log of evaluate_model' }).textContent(), /r2 0\.\d+ /);
  await look('job');

  // the file of predictions
  await to('Predictions');
  await main.getByRole('img', { name: /^Distribution of the predictions of test/ }).waitFor();
  await look('predictions');
  await main.getByRole('link', { name: /predictions\.csv$/ }).first().click();
  assert.match(await main.getByRole('group', { name: /predictions\.csv$/ }).textContent(), /^taxi-batch\.csv \d+ \d/m);
  await look('file');
  await to('Storage');
  await look('storage');
  await main.getByRole('link', { name: 'mlopsdemotest' }).click();
  await main.getByRole('link', { name: 'taxibatch/taxi-batch.csv' }).waitFor();
  await look('container');

  // a job that runs is followed in the same page
  await to('Jobs');
  await look('jobs');
  const before = await main.getByRole('link', { name: /^taxi-fare/ }).count();
  console.log('run a job');
  await page.waitForFunction(
    n => [...document.querySelectorAll('main a')].filter(a => a.textContent.startsWith('taxi-fare')).length > n,
    before,
    { timeout: 300_000 });
  await main.getByRole('link', { name: /^taxi-fare/ }).first().click();
  await page.evaluate(() => { window.same = true; });
  const opened = main.getByText('Log of prep_data');
  await opened.waitFor({ timeout: 300_000 });
  await opened.click();
  await main.locator('dd .status', { hasText: /Completed|Failed/ }).waitFor({ timeout: 300_000 }); // a gate may refuse it
  await main.getByText('Log of register_model').waitFor();
  assert.ok(await main.locator('details[open]', { hasText: 'Log of prep_data' }).isVisible(), 'an open log was closed');
  assert.equal(await page.evaluate(() => window.same), true, 'the page was loaded anew');
  await look('followed');

  await page.goto(pathToFileURL(guide).href);
  await main.getByRole('heading', { level: 2, name: 'Predictions' }).waitFor();
  await page.evaluate(() => document.querySelectorAll('details').forEach(d => { d.open = true; }));
  await look('file-of-guide');
  assert.deepEqual(trouble, []);
} finally {
  await browser.close();
}
