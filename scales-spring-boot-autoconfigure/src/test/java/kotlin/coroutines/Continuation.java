package kotlin.coroutines;

/**
 * Stands for Kotlin's: what a suspend function has as its last parameter.
 *
 * @param <T> the result
 */
public interface Continuation<T> {

}
