// chrono-node over the same items: dates alone, in the languages it has.
const fs = require('fs');
const chrono = require('chrono-node');
const parsers = { en: chrono.en, ru: chrono.ru, zh: chrono.zh && chrono.zh.hans };
const items = fs.readFileSync(process.argv[2], 'utf8').trim().split('\n').map((line) => JSON.parse(line));
for (const [lang, parser] of Object.entries(parsers)) {
  if (!parser) continue;
  const texts = items.filter((item) => item.lang === lang).map((item) => item.text);
  const times = [];
  for (const text of [...texts.slice(0, 5), ...texts]) {
    const start = process.hrtime.bigint();
    parser.parse(text, new Date('2022-01-12T06:00:00Z'));
    times.push(Number(process.hrtime.bigint() - start) / 1000);
  }
  const sorted = times.slice(5).sort((a, b) => a - b);
  console.log(`chrono-node ${lang} (dates only): p50 ${sorted[sorted.length >> 1].toFixed(0)} us, ` +
    `p99 ${sorted[Math.floor(0.99 * (sorted.length - 1))].toFixed(0)} us`);
}
