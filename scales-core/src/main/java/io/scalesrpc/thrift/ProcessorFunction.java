package io.scalesrpc.thrift;

import org.apache.thrift.ProcessFunction;
import org.apache.thrift.TBase;
import org.apache.thrift.TSerializable;
import org.jspecify.annotations.Nullable;

/**
 * A method by its part of the generated {@code Processor}, as compilers since 0.23 write
 * it. <em>Immutable</em>.
 *
 * @param process the generated code
 * @param arguments its arguments
 * @param result its result
 */
@SuppressWarnings("rawtypes")
record ProcessorFunction(ProcessFunction<Object, TBase, TBase> process, MessageStruct arguments,
		@Nullable MessageStruct result) implements ThriftFunction {

	static ProcessorFunction of(ProcessFunction<Object, TBase, TBase> process) {
		TBase result = process.getEmptyResultInstance();
		return new ProcessorFunction(process, new GeneratedStruct(process.getEmptyArgsInstance()),
				(result != null) ? new GeneratedStruct(result) : null);
	}

	@Override
	public @Nullable TSerializable call(Object handler, Object arguments) throws Exception {
		return this.process.getResult(handler, (TBase) arguments);
	}

}
