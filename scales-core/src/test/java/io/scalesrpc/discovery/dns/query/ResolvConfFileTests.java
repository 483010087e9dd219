package io.scalesrpc.discovery.dns.query;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class ResolvConfFileTests {

	private static final FileTime THEN = FileTime.fromMillis(1_700_000_000_000L);

	@TempDir
	private Path directory;

	private Path file = Path.of("");

	private ResolvConfFile conf = new ResolvConfFile(this.file);

	@BeforeEach
	void write() throws IOException {
		this.file = write("resolv.conf", "search a");
		this.conf = new ResolvConfFile(this.file);
	}

	private Path write(String name, String text) throws IOException {
		Path written = Files.writeString(this.directory.resolve(name), text + "\n");
		return Files.setLastModifiedTime(written, THEN);
	}

	@Test
	void aFileThatIsAsItWasIsNotReadAgain() {
		assertThat(this.conf.get().domains()).containsExactly("a");
		assertThat(this.conf.get()).isSameAs(this.conf.get());
	}

	@Test
	void anotherSizeOrTimeIsSeenByTheNextQuestion() throws IOException {
		this.conf.get();
		write("resolv.conf", "search a b");
		assertThat(this.conf.get().domains()).containsExactly("a", "b");
		write("resolv.conf", "search c d");
		Files.setLastModifiedTime(this.file, FileTime.fromMillis(THEN.toMillis() + 1));
		assertThat(this.conf.get().domains()).containsExactly("c", "d");
	}

	@Test
	void aFileThatTakesItsPlaceIsSeenHoweverAlikeItIs() throws IOException {
		this.conf.get();
		Files.move(write("other", "search b"), this.file, StandardCopyOption.ATOMIC_MOVE);
		assertThat(this.conf.get().domains()).containsExactly("b");
	}

	@Test
	void aFileMayGoAndComeBack() throws IOException {
		this.conf.get();
		Files.delete(this.file);
		assertThat(this.conf.get().domains()).doesNotContain("a");
		assertThat(this.conf.get()).isSameAs(this.conf.get());
		write();
		assertThat(this.conf.get().domains()).containsExactly("a");
	}

}
