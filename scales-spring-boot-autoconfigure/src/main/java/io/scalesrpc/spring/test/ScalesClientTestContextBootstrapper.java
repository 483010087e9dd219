package io.scalesrpc.spring.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;

/**
 * Reads the properties of {@link ScalesClientTest @ScalesClientTest}. <em>Confined to the
 * thread of the test</em>.
 */
final class ScalesClientTestContextBootstrapper extends TestSliceTestContextBootstrapper<ScalesClientTest> {

}
