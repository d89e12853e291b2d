// Makes one file a language from the Unicode CLDR as npm carries it: what documents need to write numbers, money, dates,
// quantities and countries, and where a region differs from its language.
// Usage: npm install cldr-numbers-full cldr-dates-full cldr-units-full cldr-localenames-full; node make.mjs NODE_MODULES
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const modules = process.argv[2];
const target = dirname(fileURLToPath(import.meta.url));
const languages = ['ar', 'de', 'en', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt', 'sv', 'zh'];

// UN/ECE Recommendation 20 to CLDR.
const units = {
  AD: 'digital-byte', '2P': 'digital-kilobyte', '4L': 'digital-megabyte', E34: 'digital-gigabyte', E35: 'digital-terabyte',
  E36: 'digital-petabyte', KWH: 'energy-kilowatt-hour', JOU: 'energy-joule', KJO: 'energy-kilojoule', WTT: 'power-watt',
  KWT: 'power-kilowatt', MAW: 'power-megawatt', SEC: 'duration-second', MIN: 'duration-minute', HUR: 'duration-hour',
  DAY: 'duration-day', WEE: 'duration-week', MON: 'duration-month', ANN: 'duration-year', MTR: 'length-meter',
  KMT: 'length-kilometer', SMI: 'length-mile', MTQ: 'volume-cubic-meter', LTR: 'volume-liter', HLT: 'volume-hectoliter',
  GLL: 'volume-gallon', GRM: 'mass-gram', KGM: 'mass-kilogram', TNE: 'mass-tonne', LBR: 'mass-pound',
  CEL: 'temperature-celsius', P1: 'concentr-percent', VLT: 'electric-volt', AMP: 'electric-ampere', MTK: 'area-square-meter',
};

const read = (pack, locale, file) =>
  JSON.parse(readFileSync(join(modules, pack, 'main', locale, file), 'utf8')).main[locale];

function formats(locale) {
  const n = read('cldr-numbers-full', locale, 'numbers.json').numbers;
  const d = read('cldr-dates-full', locale, 'ca-gregorian.json').dates.calendars.gregorian;
  const system = n.defaultNumberingSystem;
  const symbols = n[`symbols-numberSystem-${system}`];
  const text = pattern => pattern?._value ?? pattern;
  return {
    digits: system === 'arab' ? '٠١٢٣٤٥٦٧٨٩' : '0123456789',
    decimal: symbols.currencyDecimal ?? symbols.decimal, group: symbols.currencyGroup ?? symbols.group,
    minus: symbols.minusSign, percent: symbols.percentSign,
    minimumGrouping: Number(n.minimumGroupingDigits),
    numberPattern: n[`decimalFormats-numberSystem-${system}`].standard,
    percentPattern: n[`percentFormats-numberSystem-${system}`].standard,
    moneyPattern: n[`currencyFormats-numberSystem-${system}`].standard,
    months: Object.values(d.months.format.wide), shortMonths: Object.values(d.months.format.abbreviated),
    longDate: text(d.dateFormats.long), mediumDate: text(d.dateFormats.medium),
    interval: {
      d: d.dateTimeFormats.intervalFormats.yMMMd.d, M: d.dateTimeFormats.intervalFormats.yMMMd.M,
      y: d.dateTimeFormats.intervalFormats.yMMMd.y },
  };
}

function unitPatterns(locale) {
  const all = read('cldr-units-full', locale, 'units.json').units.short;
  const result = {};
  for (const [code, key] of Object.entries(units)) {
    const unit = all[key] ?? all[key.replace('concentr', 'portion')];
    if (!unit) { console.error(`${locale}: no ${key}`); continue; }
    const patterns = {};
    for (const [name, value] of Object.entries(unit))
      if (name.startsWith('unitPattern-count-') && /count-[a-z]+$/.test(name)) patterns[name.slice(18)] = value;
    for (const name of Object.keys(patterns))
      if (name !== 'other' && patterns[name] === patterns.other) delete patterns[name];
    result[code] = patterns;
  }
  return result;
}

function currencySymbols(locale) {
  const all = read('cldr-numbers-full', locale, 'currencies.json').numbers.currencies;
  return Object.fromEntries(Object.entries(all).filter(([code, c]) => c.symbol && c.symbol !== code).map(([code, c]) => [code, c.symbol]));
}

function countries(locale) {
  const all = read('cldr-localenames-full', locale, 'territories.json').localeDisplayNames.territories;
  return Object.fromEntries(Object.entries(all).filter(([code]) => /^[A-Z]{2}$/.test(code) && !['EU', 'EZ', 'UN', 'XA', 'XB', 'ZZ', 'QO'].includes(code)));
}

const differences = (base, other) => Object.fromEntries(
  Object.entries(other).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(base[key])));

const locales = readdirSync(join(modules, 'cldr-numbers-full', 'main'));
for (const language of languages) {
  const base = formats(language);
  const symbols = currencySymbols(language);
  const regions = {};
  for (const locale of locales) {
    const match = locale.match(/^([a-z]+)(?:-Hans)?-([A-Z]{2})$/);
    if (match?.[1] !== language) continue;
    const own = { ...differences(base, formats(locale)) };
    const ownSymbols = differences(symbols, currencySymbols(locale));
    if (Object.keys(ownSymbols).length) own.currencies = ownSymbols;
    if (Object.keys(own).length) regions[match[2]] = own;
  }
  const version = JSON.parse(readFileSync(join(modules, 'cldr-numbers-full', 'package.json'), 'utf8')).version;
  const content = { source: `Unicode CLDR ${version}, Unicode License v3`, ...base, currencies: symbols,
    units: unitPatterns(language), countries: countries(language), regions };
  writeFileSync(join(target, `${language}.json`), JSON.stringify(content, null, 1) + '\n');
}
