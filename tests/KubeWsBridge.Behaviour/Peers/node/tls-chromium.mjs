// node tls-chromium.mjs CHROMIUM PROFILE-FOLDER VERSION URL...: an echo in Chromium for each address; prints what is wrong, silence means that all is well.
import puppeteer from 'puppeteer-core';

const [executablePath, userDataDir, version, ...urls] = process.argv.slice(2);
const browser = await puppeteer.launch({
  executablePath,
  userDataDir,
  headless: true,
  acceptInsecureCerts: true,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    '--ignore-certificate-errors', `--ssl-version-min=${version}`, `--ssl-version-max=${version}`,
  ],
});
try {
  const page = await browser.newPage();
  for (const url of urls) {
    const answer = await page.evaluate(address => new Promise(resolve => {
      const socket = new WebSocket(address);
      socket.binaryType = 'arraybuffer';
      socket.onopen = () => socket.send('hello');
      socket.onmessage = event => { resolve(new TextDecoder().decode(event.data)); socket.close(); };
      socket.onclose = event => resolve(`closed with ${event.code}`);
    }), url);
    if (answer !== 'hello') console.log(`${url} over ${version}: ${answer}`);
  }
} catch (error) {
  console.log(`${error}`);
} finally {
  await browser.close();
}
