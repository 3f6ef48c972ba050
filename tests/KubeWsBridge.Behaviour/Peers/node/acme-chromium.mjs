// node acme-chromium.mjs CHROMIUM PROFILE-FOLDER NAME URL: an echo in a Chromium that finds NAME on this machine and trusts what HOME/.pki/nssdb says.
import puppeteer from 'puppeteer-core';

const [executablePath, userDataDir, name, url] = process.argv.slice(2);
const browser = await puppeteer.launch({
  executablePath,
  userDataDir,
  headless: true,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync',
    `--host-resolver-rules=MAP ${name} 127.0.0.1`,
  ],
});
try {
  const page = await browser.newPage();
  console.log(await page.evaluate(address => new Promise(resolve => {
    const socket = new WebSocket(address);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => socket.send('hello');
    socket.onmessage = event => { resolve(new TextDecoder().decode(event.data)); socket.close(); };
    socket.onclose = event => resolve(`closed with ${event.code}`);
  }), url));
} finally {
  await browser.close();
}
