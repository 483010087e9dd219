/**
 * What an IDL says beyond what compilers write: annotations of methods and services,
 * which become settings. A step of the build reads them; {@code thrift} asks for them at
 * the start. Does not know what calls and structs are.
 */
@Internal
@NullMarked
package io.scalesrpc.thrift.idl;

import org.jspecify.annotations.NullMarked;

import io.scalesrpc.Internal;
