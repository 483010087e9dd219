package io.scalesrpc.spring.kotlin

import io.scalesrpc.client.ScalesClient
import io.scalesrpc.test.calculator.Node

/** A free-form interface as it is written in Kotlin. */
@ScalesClient("calculator", fallback = StandIn::class, service = io.scalesrpc.test.calculator.Calculator::class)
interface CoroutineCalculator {

    suspend fun divide(dividend: Int, divisor: Int): Int

    suspend fun numbers(values: List<Long>, limit: Int): List<Long>

    suspend fun node(value: Node): Node

    suspend fun store_value(value: Double)

    suspend fun fetch(age: Long): Long

    fun truth(value: Boolean): Boolean

    suspend fun half(dividend: Int): Int = divide(dividend, 2)

}

/** What answers calls that failed. */
class StandIn : CoroutineCalculator {

    override suspend fun divide(dividend: Int, divisor: Int) = throw UnsupportedOperationException("divide")

    override suspend fun numbers(values: List<Long>, limit: Int): List<Long> {
        kotlinx.coroutines.delay(1)
        return values.take(limit)
    }

    override suspend fun node(value: Node) = throw UnsupportedOperationException("node")

    override suspend fun store_value(value: Double) = throw UnsupportedOperationException("store_value")

    override suspend fun fetch(age: Long): Long = -age

    override fun truth(value: Boolean) = value

}
