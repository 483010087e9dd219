package io.scalesrpc.spring.kotlin

import io.scalesrpc.call.ScalesException
import io.scalesrpc.server.ServerCall
import io.scalesrpc.server.ThriftMuxServer
import io.scalesrpc.spring.client.EnableScalesClients
import io.scalesrpc.spring.testing.Contexts
import io.scalesrpc.test.calculator.Calculator
import io.scalesrpc.test.calculator.DivisionByZero
import io.scalesrpc.test.calculator.Node
import java.lang.reflect.Proxy
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatExceptionOfType
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.springframework.context.annotation.Configuration

/** Suspend functions of Kotlin over Thrift: they work as in any interface of Kotlin. */
class CoroutineTests {

    private val arrived = CountDownLatch(1)

    private val cancelled = CountDownLatch(1)

    private val server: ThriftMuxServer = ThriftMuxServer.builder().port(0).service(Calculator::class.java, handler()).build().start()

    @AfterEach
    fun stop() = server.close()

    @Test
    fun aSuspendFunctionIsAnsweredWithoutHoldingAThread() = clients { calculator ->
        runBlocking {
            val results = (1..100).map { async(Dispatchers.Unconfined) { calculator.divide(84, 2) } }
            assertThat(results.awaitAll().toSet()).isEqualTo(setOf(42))
        }
    }

    @Test
    fun listsStructsAndNothingAreWhatKotlinExpects() = clients {
        runBlocking {
            assertThat(it.numbers(listOf(1, 2, 3), 2)).containsExactly(1, 2)
            assertThat(it.node(Node().setLabel("root")).label).isEqualTo("root")
            val nothing: Any = withTimeout(10_000) { it.store_value(1.5) }
            assertThat(nothing).isSameAs(Unit)
            assertThat(it.half(84)).isEqualTo(42)
        }
        assertThat(it.truth(true)).isTrue()
    }

    @Test
    fun whatTheIdlDeclaresIsThrownAsItIs() = clients {
        assertThatExceptionOfType(DivisionByZero::class.java).isThrownBy { runBlocking { it.divide(84, 0) } }
    }

    @Test
    fun aCoroutineThatIsCancelledEndsTheCallOnTheServer() = clients {
        runBlocking {
            val waiting = launch(Dispatchers.Default) { it.fetch(7) }
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue()
            waiting.cancelAndJoin()
        }
        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue()
    }

    @OptIn(kotlinx.coroutines.DelicateCoroutinesApi::class)
    @Test
    fun aCoroutineThatIsCancelledBeforeMakesNoCall() = clients {
        runBlocking {
            val late = launch(start = CoroutineStart.ATOMIC) { it.fetch(7) }
            late.cancelAndJoin()
        }
        assertThat(arrived.count).isEqualTo(1)
    }

    @Test
    fun theStandInOfAFunctionIsAFunctionThatMaySuspend() = clients("scales.clients.calculator.methods.fetch.timeout=50ms",
            "scales.clients.calculator.methods.numbers.timeout=50ms") {
        runBlocking {
            assertThat(it.fetch(7)).isEqualTo(-7)
            server.close()
            assertThat(it.numbers(listOf(4, 5, 6), 2)).containsExactly(4, 5)
        }
    }

    @Test
    fun aStandInThatHasNoAnswerTellsOfBothFailures() = clients("scales.clients.calculator.timeout=50ms") {
        server.close()
        assertThatExceptionOfType(UnsupportedOperationException::class.java).isThrownBy { runBlocking { it.divide(84, 2) } }
            .satisfies({ failure -> assertThat(failure.suppressed.plus(failure.cause?.suppressed ?: arrayOf())).hasAtLeastOneElementOfType(ScalesException::class.java) })
    }

    private fun clients(vararg properties: String, test: (CoroutineCalculator) -> Unit) {
        Contexts.bare()
            .withUserConfiguration(Application::class.java)
            .withPropertyValues("scales.clients.calculator.uri=tcp://localhost:${server.port()}")
            .withPropertyValues(*properties)
            .run { test(it.getBean(CoroutineCalculator::class.java)) }
    }

    private fun handler(): Any = Proxy.newProxyInstance(javaClass.classLoader, arrayOf(Calculator.Iface::class.java)) { _, method, arguments ->
        when (method.name) {
            "divide" -> if (arguments[1] == 0) throw DivisionByZero() else arguments[0] as Int / arguments[1] as Int
            "numbers" -> (arguments[0] as List<*>).take(arguments[1] as Int)
            "node", "truth" -> arguments[0]
            "store_value" -> null
            else -> waiting()
        }
    }

    private fun waiting(): Long {
        val answered = CountDownLatch(1)
        ServerCall.current().onCancel {
            cancelled.countDown()
            answered.countDown()
        }
        arrived.countDown()
        answered.await(10, TimeUnit.SECONDS)
        return 0
    }

    @Configuration(proxyBeanMethods = false)
    @EnableScalesClients(clients = [CoroutineCalculator::class])
    class Application

}
