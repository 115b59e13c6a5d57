// Makes the lists that command-api ships from the packages named here, or checks that they are what
// the packages say:
//   node infra/lists/update.mjs          writes command-api/src/main/resources/lists
//   node infra/lists/update.mjs --check  ends with 1 when a list differs
// Needs Node 20.19 or newer, npm and tar. To take a newer version: change it here, run, commit both, and
// say so in docs/data-sources.md.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const lists = fileURLToPath(new URL('../../command-api/src/main/resources/lists/', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'headwater-lists-'));

/** The folder of the unpacked package. */
function unpacked(name, version) {
    const packed = execFileSync('npm', ['pack', '--silent', `${name}@${version}`], { cwd: work, encoding: 'utf8' });
    execFileSync('tar', ['xzf', packed.trim().split('\n').pop()], { cwd: work });
    const folder = join(work, 'package');
    const renamed = join(work, name.replaceAll('/', '-'));
    execFileSync('mv', [folder, renamed]);
    return renamed;
}

function disposableDomains() {
    const version = '1.26.0';
    const from = unpacked('disposable-email-domains-js', version);
    const domains = JSON.parse(readFileSync(join(from, 'dist/dict/disposable_email_blocklist.json'), 'utf8'));
    return {
        'disposable-domains.txt': [
            '# Mail domains whose addresses are made to be thrown away; what is under one counts too.',
            `# disposable-email-domains-js ${version}, from disposable-email-domains; CC0-1.0 (CC0-1.0.txt).`,
            ...[...new Set(domains.map((domain) => domain.toLowerCase()))].sort(),
        ],
        'CC0-1.0.txt': [readFileSync(join(from, 'LICENSE'), 'utf8').trimEnd()],
    };
}

async function botAgents() {
    const version = '5.2.3';
    const from = unpacked('isbot', version);
    const { list } = await import(join(from, 'index.mjs'));
    return {
        'bot-agents.txt': [
            '# Regular expressions, any case; a user agent in which one is found is a program.',
            `# isbot ${version}; Unlicense (Unlicense.txt).`,
            // a line's own spaces at its ends are not part of it, and # begins a comment
            ...list.map((pattern) => pattern.replace(/^ | $/g, '\\x20').replaceAll('#', '\\x23')),
        ],
        'Unlicense.txt': [readFileSync(join(from, 'LICENSE'), 'utf8').trimEnd()],
    };
}

/** The numbers are ours; who holds each is what the package says. */
function hostingAsns() {
    const version = '2.3.2026061719';
    const from = unpacked('@ip-location-db/asn', version);
    const holders = new Map();
    for (const line of readFileSync(join(from, 'asn-ipv4.csv'), 'utf8').split('\n')) {
        const [, number, holder] = /^[^,]*,[^,]*,(\d+),"?(.*?)"?\r?$/.exec(line) ?? [];
        if (number) holders.set(number, holder);
    }
    const numbers = readFileSync(join(lists, 'hosting-asns.txt'), 'utf8')
        .split('\n')
        .map((line) => line.replace(/#.*/, '').trim())
        .filter((number) => number);
    const unknown = numbers.filter((number) => !holders.has(number));
    if (unknown.length) throw new Error(`no holder is known of AS ${unknown.join(', ')}`);
    return {
        'hosting-asns.txt': [
            '# Autonomous systems whose holders sell servers, cloud, CDN or VPN capacity. The choice is ours, CC0-1.0;',
            `# the holders' names are those of @ip-location-db/asn ${version} (RouteViews, DB-IP, NRO; CC BY 4.0).`,
            ...numbers
                .sort((one, other) => one - other)
                .map((number) => `${number.padEnd(7)} # ${holders.get(number)}`),
        ],
    };
}

try {
    const made = { ...disposableDomains(), ...(await botAgents()), ...hostingAsns() };
    const differing = Object.entries(made).filter(([name, lines]) => {
        const text = lines.join('\n') + '\n';
        if (!process.argv.includes('--check')) writeFileSync(join(lists, name), text);
        return readFileSync(join(lists, name), 'utf8') !== text;
    });
    for (const [name] of differing) console.error(`${name} differs from what its package says`);
    process.exitCode = differing.length ? 1 : 0;
} finally {
    rmSync(work, { recursive: true });
}
