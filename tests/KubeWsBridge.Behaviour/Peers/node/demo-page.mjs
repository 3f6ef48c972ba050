// Drives the demo's page in Chromium and prints what is wrong; silence means that all is well.
// node demo-page.mjs URL CHROMIUM PROFILE-FOLDER RUNTIME [SCREENSHOT]
import puppeteer from 'puppeteer-core';

const [url, executablePath, userDataDir, runtime, screenshot] = process.argv.slice(2);
const timeout = 30_000;
const browser = await puppeteer.launch({
  executablePath,
  userDataDir,
  headless: true,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ],
});

const check = (good, what) => good || console.log(what);
try {
  const page = await browser.newPage();
  page.setDefaultTimeout(timeout);
  await page.setViewport({ width: 1320, height: 900 });
  page.on('pageerror', error => console.log(`The page failed: ${error}`));
  page.on('console', message => message.type() === 'error' && console.log(`The page says: ${message.text()}`));
  await page.goto(url);

  const text = selector => page.$eval(selector, element => element.textContent);
  const inState = state => page.waitForSelector(`#state[data-state=${state}]`);
  const logged = pattern => page.waitForFunction(
    source => new RegExp(source).test(document.querySelector('#log').textContent), {}, pattern);

  await page.click('#connect');
  await inState('open');
  await page.waitForFunction(wanted => document.querySelector('#runtime').textContent.includes(wanted), {}, runtime);
  check((await text('#metadata')).includes('WSS_CONNECTION_ID'), 'The metadata lacks WSS_CONNECTION_ID.');

  await page.type('#message', 'Grüße, 日本');
  await page.click('#send');
  await logged('echo of #1 ');
  check((await text('#log')).split('日本').length === 3, 'The text did not come back as it was.');

  await page.click('label:has(#kind-hex)');
  await page.$eval('#message', element => { element.value = '00 ff de ad'; });
  await page.click('#send');
  await logged('echo of #2 ');

  await page.click('#burst');
  await logged('Burst: 100 messages');
  check(!/differs|not asked/.test(await text('#log')), 'The burst did not come back as it was.');
  if (screenshot) await page.screenshot({ path: screenshot, fullPage: true });

  await page.$eval('#close-code', element => { element.value = '4100'; });
  await page.$eval('#close-reason', element => { element.value = 'moving on'; });
  await page.click('#close');
  await inState('closed');
  const closed = await text('#closed');
  check(/4100/.test(closed) && /wasClean: true/.test(closed), `The close was not clean: ${closed}`);
} catch (error) {
  console.log(`${error}`);
} finally {
  await browser.close();
}
