package io.scalesrpc.architecture;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.Set;
import java.util.TreeSet;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassReader;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.ClassVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.MethodVisitor;
import com.tngtech.archunit.thirdparty.org.objectweb.asm.Opcodes;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A virtual thread that waits for a monitor holds its carrier thread, before Java 24: the
 * core has none, neither as methods nor as blocks.
 */
class MonitorTests {

	@Test
	void nothingInTheCoreWaitsForAMonitor() {
		Set<String> found = new TreeSet<>();
		ClassFiles.ofTheCore().classes().forEach((type) -> found.addAll(monitors(type)));
		assertThat(found).isEmpty();
	}

	@Test
	void methodsAndBlocksAreSeen() {
		JavaClass type = new ClassFileImporter().importClass(Guarded.class);
		assertThat(monitors(type)).containsExactly(Guarded.class.getName() + ".block",
				Guarded.class.getName() + ".method");
	}

	private static Set<String> monitors(JavaClass type) {
		Set<String> found = new TreeSet<>();
		URI file = type.getSource().orElseThrow().getUri();
		try (InputStream bytes = file.toURL().openStream()) {
			new ClassReader(bytes).accept(new Monitors(type.getName(), found), ClassReader.SKIP_DEBUG);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return found;
	}

	/**
	 * Collects the methods of a class that take a monitor. <em>Confined to one
	 * thread</em>.
	 */
	private static final class Monitors extends ClassVisitor {

		private final String type;

		private final Set<String> found;

		Monitors(String type, Set<String> found) {
			super(Opcodes.ASM9);
			this.type = type;
			this.found = found;
		}

		@Override
		public MethodVisitor visitMethod(int access, String name, String descriptor, String signature,
				String[] exceptions) {
			String method = this.type + "." + name;
			if ((access & Opcodes.ACC_SYNCHRONIZED) != 0) {
				this.found.add(method);
			}
			return new MethodVisitor(Opcodes.ASM9) {

				@Override
				public void visitInsn(int opcode) {
					if (opcode == Opcodes.MONITORENTER) {
						Monitors.this.found.add(method);
					}
				}

			};
		}

	}

	/** Has both kinds. */
	static final class Guarded {

		private int count;

		synchronized int method() {
			return this.count++;
		}

		int block() {
			synchronized (this) {
				return this.count++;
			}
		}

	}

}
