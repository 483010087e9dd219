package io.scalesrpc.spring.http

import io.scalesrpc.client.ScalesClient
import io.scalesrpc.spring.client.EnableScalesClients
import io.scalesrpc.spring.testing.Await
import java.time.Duration
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.take
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.springframework.context.annotation.Configuration
import org.springframework.http.ResponseEntity
import org.springframework.web.bind.annotation.PathVariable
import org.springframework.web.service.annotation.GetExchange

/** Suspend functions and flows in interfaces of Spring: no other method need be there. */
class CoroutineUsersTests {

    private val server = UserServer.start()

    @AfterEach
    fun stop() = server.close()

    @Test
    fun aSuspendFunctionIsARequest() = users {
        runBlocking {
            assertThat(it.getUser(7)).isEqualTo(User(7, "user 7"))
            assertThat(it.entity(7).body).isEqualTo(User(7, "user 7"))
        }
    }

    @Test
    fun aFlowIsReadAsItComesAndEndsTheAnswerWhenNobodyReadsOn() = users {
        runBlocking {
            assertThat(it.stream("endless").take(3).toList()).hasSize(3).containsOnly(User(7, "user 7"))
        }
        Await.until { server.cut() == 1 }
    }

    @Test
    fun aCoroutineThatIsCancelledEndsTheRequest() = users {
        runBlocking {
            val reading = launch(Dispatchers.Default) { it.whole("endless") }
            while (server.streamed() == 0L) {
                delay(1)
            }
            reading.cancelAndJoin()
        }
        Await.until { server.cut() == 1 }
    }

    @Test
    fun theStandInSuspendsToo() {
        server.application("scales.clients.users.methods.slow.timeout=50ms").withUserConfiguration(WithStandIn::class.java).run {
            val users = it.getBean(GuardedUsers::class.java)
            runBlocking {
                assertThat(users.getUser(7)).isEqualTo(User(7, "user 7"))
                assertThat(users.slow()).isEqualTo("stand-in")
            }
        }
    }

    @Test
    fun whatNobodyCouldCallStopsTheStart() {
        server.application().withUserConfiguration(WithBoth::class.java).run {
            assertThat(it.startupFailure).rootCause().hasMessageContaining("functions that suspend: [getUser], beside some that block: [waiting] (expected: one kind")
        }
        assertThatThrownBy { HttpInterfaceCheck(HttpInterface(CoroutineUsers::class.java), "users").requireCoroutines { false } }
            .hasMessageContaining("functions of Kotlin that suspend, or return a Flow: [entity, getUser, stream, whole] (expected: kotlinx-coroutines-reactor and kotlin-reflect on the class path)")
    }

    private fun users(test: (CoroutineUsers) -> Unit) {
        server.application("scales.clients.users.timeout=20s", "scales.clients.users.limits.max-frame-size=1GB").withUserConfiguration(Application::class.java)
            .run { test(it.getBean(CoroutineUsers::class.java)) }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableScalesClients(clients = [CoroutineUsers::class])
    class Application

    @Configuration(proxyBeanMethods = false)
    @EnableScalesClients(clients = [GuardedUsers::class])
    class WithStandIn

    @Configuration(proxyBeanMethods = false)
    @EnableScalesClients(clients = [BothKinds::class])
    class WithBoth

}

/** Nothing but functions of Kotlin. */
@ScalesClient("users")
interface CoroutineUsers {

    @GetExchange("/users/{id}")
    suspend fun getUser(@PathVariable id: Int): User

    @GetExchange("/users/{id}")
    suspend fun entity(@PathVariable id: Int): ResponseEntity<User>

    @GetExchange("/stream/{kind}?json")
    fun stream(@PathVariable kind: String): Flow<User>

    @GetExchange("/stream/{kind}?json")
    suspend fun whole(@PathVariable kind: String): String

}

/** Functions that suspend, and one that does not. */
@ScalesClient("users")
interface BothKinds {

    @GetExchange("/users/{id}")
    suspend fun getUser(@PathVariable id: Int): User

    @GetExchange("/users/{id}")
    fun waiting(@PathVariable id: Int): User

}

/** The same with something that answers in their place. */
@ScalesClient("users", fallback = NoUsers::class)
interface GuardedUsers {

    @GetExchange("/users/{id}")
    suspend fun getUser(@PathVariable id: Int): User

    @GetExchange("/slow")
    suspend fun slow(): String

}

/** Answers in their place. */
class NoUsers : GuardedUsers {

    override suspend fun getUser(id: Int) = User(0, "nobody")

    override suspend fun slow(): String {
        delay(1)
        return "stand-in"
    }

}
