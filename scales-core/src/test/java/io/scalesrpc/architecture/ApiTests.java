package io.scalesrpc.architecture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.ThrowsDeclaration;
import io.scalesrpc.Internal;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What applications may use: public types without the mark {@link Internal}. */
class ApiTests {

	/** The part of all types that may be API. */
	private static final double SHARE = 0.22;

	private static final List<JavaClass> TYPES = ClassFiles.ofTheCore()
		.classes()
		.stream()
		.filter((type) -> !type.getSimpleName().isEmpty() && !type.getSimpleName().equals("package-info"))
		.toList();

	@Test
	void whatApplicationsUseMentionsNothingInternal() {
		Set<String> leaks = TYPES.stream()
			.filter(ApiTests::isApi)
			.flatMap(ApiTests::mentions)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(leaks).isEmpty();
	}

	@Test
	void oneTypeInFiveIsForApplications() {
		List<JavaClass> all = TYPES.stream().filter(JavaClass::isTopLevelClass).toList();
		assertThat((double) all.stream().filter(ApiTests::isApi).count() / all.size()).isLessThan(SHARE);
	}

	@Test
	void whatCopiesARecordIsCalledWith() {
		assertThat(
				TYPES.stream()
					.filter((type) -> isApi(type) && type.isRecord())
					.flatMap((type) -> type.getMethods().stream())
					.filter((method) -> isSeen(method) && !method.getModifiers().contains(JavaModifier.STATIC)
							&& method.getRawReturnType().equals(method.getOwner())
							&& !method.getRawParameterTypes().isEmpty()
							// Of two deadlines one is chosen: no copy.
							&& !method.getName().equals("earlier"))
					.filter((method) -> !method.getName().startsWith("with"))
					.map(JavaMember::getFullName))
			.isEmpty();
	}

	/** And the packages that it does not leave out are those of the API. */
	@Test
	void theJavadocLeavesOutThePackagesThatAreInternal() throws IOException {
		String pom = Files.readString(Path.of("pom.xml"));
		String left = pom.substring(pom.indexOf("<javadoc.internal>") + 18, pom.indexOf("</javadoc.internal>"));
		assertThat(left.split(":")).containsExactlyInAnyOrderElementsOf(ClassFiles.ofTheCore()
			.classes()
			.stream()
			.map(JavaClass::getPackage)
			.filter((folder) -> folder.isAnnotatedWith(Internal.class))
			.map(JavaPackage::getName)
			.collect(Collectors.toSet()));
	}

	@Test
	void whatIsNotPublicNeedsNoMark() {
		assertThat(TYPES.stream()
			.filter((type) -> !isPublic(type) && type.isAnnotatedWith(Internal.class))
			.map(JavaClass::getName)).isEmpty();
	}

	private static boolean isApi(JavaClass type) {
		return isPublic(type) && !isInternal(type);
	}

	private static boolean isPublic(JavaClass type) {
		return type.getModifiers().contains(JavaModifier.PUBLIC)
				&& type.getEnclosingClass().map(ApiTests::isPublic).orElse(true);
	}

	private static boolean isInternal(JavaClass type) {
		return type.isAnnotatedWith(Internal.class) || type.getPackage().isAnnotatedWith(Internal.class)
				|| type.getEnclosingClass().map(ApiTests::isInternal).orElse(false);
	}

	private static Stream<String> mentions(JavaClass type) {
		Stream<JavaClass> parents = Stream.concat(type.getRawInterfaces().stream(), type.getRawSuperclass().stream());
		Stream<String> leaks = type.getMembers()
			.stream()
			.filter(ApiTests::isSeen)
			.flatMap((member) -> types(member).filter(ApiTests::isHidden)
				.map((hidden) -> member.getFullName() + " mentions " + hidden.getName()));
		return Stream.concat(leaks, parents.filter((parent) -> isPublic(parent) && isHidden(parent))
			.map((hidden) -> type.getName() + " is a " + hidden.getName()));
	}

	private static boolean isSeen(JavaMember member) {
		Set<JavaModifier> modifiers = member.getModifiers();
		return !modifiers.contains(JavaModifier.SYNTHETIC)
				&& (modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED));
	}

	private static boolean isHidden(JavaClass type) {
		return type.getName().startsWith("io.scalesrpc.") && !isApi(type);
	}

	private static Stream<JavaClass> types(JavaMember member) {
		if (member instanceof JavaField field) {
			return field.getAllInvolvedRawTypes().stream();
		}
		JavaCodeUnit code = (JavaCodeUnit) member;
		Stream<JavaClass> given = code.getParameterTypes()
			.stream()
			.map(JavaType::getAllInvolvedRawTypes)
			.flatMap(Set::stream);
		Stream<JavaClass> thrown = code.getThrowsClause().stream().map(ThrowsDeclaration::getRawType);
		return Stream.of(given, thrown, code.getReturnType().getAllInvolvedRawTypes().stream()).flatMap((each) -> each);
	}

}
