package io.scalesrpc.spring.kotlin

import io.scalesrpc.server.ThriftMuxServer
import io.scalesrpc.spring.client.EnableScalesClients
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration
import io.scalesrpc.test.calculator.Calculator
import java.lang.reflect.Proxy
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse.BodyHandlers
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.boot.WebApplicationType
import org.springframework.boot.autoconfigure.ImportAutoConfiguration
import org.springframework.boot.builder.SpringApplicationBuilder
import org.springframework.boot.http.codec.autoconfigure.CodecsAutoConfiguration
import org.springframework.boot.tomcat.autoconfigure.reactive.TomcatReactiveWebServerAutoConfiguration
import org.springframework.boot.webflux.autoconfigure.HttpHandlerAutoConfiguration
import org.springframework.boot.webflux.autoconfigure.WebFluxAutoConfiguration
import org.springframework.web.bind.annotation.GetMapping
import org.springframework.web.bind.annotation.RestController

/** A controller of WebFlux whose functions suspend calls a client whose functions suspend. */
class SuspendControllerTests {

    @Test
    fun aSuspendFunctionOfAControllerCallsOneOfAClient() {
        val handler = Proxy.newProxyInstance(javaClass.classLoader, arrayOf(Calculator.Iface::class.java)) { _, _, arguments ->
            arguments[0] as Int / arguments[1] as Int
        }
        ThriftMuxServer.builder().port(0).service(Calculator::class.java, handler).build().start().use { server ->
            SpringApplicationBuilder(Application::class.java).web(WebApplicationType.REACTIVE)
                .properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
                        "spring.cloud.zookeeper.enabled=false",
                        "scales.clients.calculator.uri=tcp://localhost:${server.port()}")
                .run().use { context ->
                    val port = context.environment.getRequiredProperty("local.server.port")
                    val request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:$port/half")).build()
                    val answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString())
                    assertThat(answer.body()).isEqualTo("42")
                }
        }
    }

    @RestController
    @EnableScalesClients(clients = [CoroutineCalculator::class])
    @ImportAutoConfiguration(TomcatReactiveWebServerAutoConfiguration::class, HttpHandlerAutoConfiguration::class,
            WebFluxAutoConfiguration::class, CodecsAutoConfiguration::class, ScalesMetricsAutoConfiguration::class,
            ScalesClientsAutoConfiguration::class)
    class Application(private val calculator: CoroutineCalculator) {

        @GetMapping("/half")
        suspend fun half() = calculator.divide(84, 2).toString()

    }

}
