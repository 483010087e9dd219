package io.scalesrpc.thrift.idl;

import io.scalesrpc.thrift.idl.Token.Kind;

/**
 * Cuts an IDL into its words, quoted texts and signs, and leaves out comments.
 * <em>Confined to one thread</em>.
 */
final class IdlScanner {

	private final String file;

	private final String text;

	private int position;

	private int line = 1;

	private Token next;

	/**
	 * Begins at the first token.
	 * @param file the name, for texts
	 * @param text what it holds
	 */
	IdlScanner(String file, String text) {
		this.file = file;
		this.text = text;
		this.next = scan();
	}

	/** The token that comes next; it stays there. */
	Token peek() {
		return this.next;
	}

	Token take() {
		Token taken = this.next;
		this.next = scan();
		return taken;
	}

	/** Takes the next token if it is this one. */
	boolean skip(String expected) {
		boolean there = this.next.is(expected);
		if (there) {
			take();
		}
		return there;
	}

	void require(String expected) {
		if (!skip(expected)) {
			throw wrong(this.next, "'" + expected + "'");
		}
	}

	String word() {
		if (this.next.kind() != Kind.WORD) {
			throw wrong(this.next, "a name");
		}
		return take().text();
	}

	IllegalArgumentException wrong(Token found, String expected) {
		String what = found.isEnd() ? "the end" : found.text();
		return new IllegalArgumentException(
				this.file + ":" + found.line() + ": " + what + " (expected: " + expected + ")");
	}

	private Token scan() {
		skipBlanks();
		if (this.position == this.text.length()) {
			return new Token(Kind.END, "", this.line);
		}
		char first = this.text.charAt(this.position);
		if (first == '"' || first == '\'') {
			return quoted(first);
		}
		int begin = this.position++;
		if (!isOfWord(first)) {
			return new Token(Kind.SIGN, String.valueOf(first), this.line);
		}
		while (this.position < this.text.length() && isOfWord(this.text.charAt(this.position))) {
			this.position++;
		}
		return new Token(Kind.WORD, this.text.substring(begin, this.position), this.line);
	}

	private static boolean isOfWord(char c) {
		return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-' || c == '+';
	}

	private Token quoted(char quote) {
		int from = this.line;
		StringBuilder content = new StringBuilder();
		for (this.position++; this.position < this.text.length(); this.position++) {
			char c = this.text.charAt(this.position);
			if (c == quote) {
				this.position++;
				return new Token(Kind.QUOTED, content.toString(), from);
			}
			if (c == '\\' && this.position + 1 < this.text.length()) {
				this.position++;
			}
			countLine(this.text.charAt(this.position));
			content.append(this.text.charAt(this.position));
		}
		throw wrong(new Token(Kind.END, "", from), "the end of the text in quotes");
	}

	private void skipBlanks() {
		while (this.position < this.text.length()) {
			char c = this.text.charAt(this.position);
			if (c == '#' || this.text.startsWith("//", this.position)) {
				int end = this.text.indexOf('\n', this.position);
				this.position = (end < 0) ? this.text.length() : end;
			}
			else if (this.text.startsWith("/*", this.position)) {
				skipComment();
			}
			else if (Character.isWhitespace(c) || c == '\ufeff') {
				countLine(c);
				this.position++;
			}
			else {
				return;
			}
		}
	}

	private void skipComment() {
		int end = this.text.indexOf("*/", this.position + 2);
		if (end < 0) {
			throw wrong(new Token(Kind.END, "", this.line), "the end of the comment");
		}
		for (; this.position < end + 2; this.position++) {
			countLine(this.text.charAt(this.position));
		}
	}

	private void countLine(char c) {
		if (c == '\n') {
			this.line++;
		}
	}

}
