// Makes the pages of the site from those of the repository, which are written to be read there, too: README.md of the root is the
// first page, docs/README.md is overview.md, a folder's README.md its index; a link to a file that is no page leads to a copy of it.
// Run in target/site, whose pages/.vitepress is docs/.vitepress.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const root = resolve('../..')
const docs = join(root, 'docs')
const pages = resolve('pages')
const copies = join(pages, 'public')

for (const entry of readdirSync(pages).filter((name) => name !== '.vitepress')) {
	rmSync(join(pages, entry), { recursive: true })
}
mkdirSync(copies)

const sources = readdirSync(docs, { recursive: true })
	.filter((name) => name.endsWith('.md') && !name.startsWith('.'))
	.map((name) => join(docs, name))
for (const source of [join(root, 'README.md'), ...sources]) {
	const page = pageOf(source)
	mkdirSync(dirname(page), { recursive: true })
	writeFileSync(page, withoutExamples(readFileSync(source, 'utf8'), (text) => text.replace(/(!?\[[^\]]*])\(([^)\s]+)\)/g,
		(link, name, target) => /^([a-z]+:|#)/.test(target) ? link : `${named(source, name, target)}(${linkTo(source, target)})`)))
}
cpSync(join(docs, 'images'), join(pages, 'images'), { recursive: true })

/** Where the site has a page of the repository. */
function pageOf(source) {
	const name = relative(root, source)
	if (name === 'README.md') {
		return join(pages, 'index.md')
	}
	if (name === 'docs/README.md') {
		return join(pages, 'overview.md')
	}
	return join(pages, relative('docs', name).replace(/README\.md$/, 'index.md'))
}

function linkTo(source, target) {
	const [path, anchor] = target.split('#', 2)
	const file = resolve(dirname(source), path)
	if (!existsSync(file)) {
		throw new Error(`${relative(root, source)}: no ${target}`)
	}
	if (file.endsWith('.md') || file.startsWith(join(docs, 'images'))) {
		const page = file.endsWith('.md') ? pageOf(file) : join(pages, relative(docs, file))
		const link = relative(dirname(pageOf(source)), page)
		return (link.startsWith('.') ? link : './' + link) + (anchor ? '#' + anchor : '')
	}
	const copy = file.startsWith(docs) ? relative(docs, file) : relative(root, file)
	mkdirSync(dirname(join(copies, copy)), { recursive: true })
	cpSync(file, join(copies, copy), { recursive: true })
	return '/' + copy
}

/** A link that is named by its file is named by its title. */
function named(source, name, target) {
	const file = resolve(dirname(source), target.replace(/#.*/, ''))
	return /^\[[\w/-]+\.md]$/.test(name)
		? `[${readFileSync(file, 'utf8').match(/^# (.+)$/m)[1]}]`
		: name
}

/** What is between fences stays as it is. */
function withoutExamples(text, change) {
	return text.split(/^(\s*```[\s\S]*?^\s*```.*$)/m).map((part, i) => i % 2 ? part : change(part)).join('')
}
