package io.scalesrpc.spring.redis

import io.lettuce.core.dynamic.annotation.Command
import io.scalesrpc.client.ScalesClient
import io.scalesrpc.redis.command.RedisNode
import io.scalesrpc.spring.client.EnableScalesClients
import io.scalesrpc.spring.testing.Contexts
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test
import org.springframework.boot.autoconfigure.AutoConfigurations
import org.springframework.context.annotation.Configuration

/** Commands of Redis as functions of Kotlin. */
class CoroutineOrdersTests {

    @Test
    fun functionsAreCommandsAndAFlowIsAScan() {
        RedisNode.bundled().use { node ->
            Contexts.bare()
                .withConfiguration(AutoConfigurations.of(ScalesRedisAutoConfiguration::class.java))
                .withUserConfiguration(Application::class.java)
                .withPropertyValues("scales.clients.keys.protocol=redis", "scales.clients.keys.uri=tcp://${node.address()}",
                        "scales.defaults.timeout=10s")
                .run {
                    val keys = it.getBean(CoroutineKeys::class.java)
                    runBlocking {
                        keys.set("a", "1")
                        keys.set("b", "2")
                        assertThat(keys.get("a")).isEqualTo("1")
                        assertThat(keys.get("c")).isNull()
                        assertThat(keys.all("*").toList()).containsExactlyInAnyOrder("a", "b")
                    }
                }
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableScalesClients(clients = [CoroutineKeys::class])
    class Application

}

/** Commands. */
@ScalesClient("keys")
interface CoroutineKeys {

    suspend fun set(key: String, value: String)

    suspend fun get(key: String): String?

    @Command("SCAN MATCH ?0")
    fun all(pattern: String): Flow<String>

}
