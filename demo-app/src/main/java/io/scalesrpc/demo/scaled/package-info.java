/**
 * What the demo has in processes of their own: a server of the pricing service (profile
 * {@code fleet}) and visitors (profile {@code visitors}); the shop is that of the whole
 * demo. Used by {@code demo-app/scale}, containers and Kubernetes.
 */
@NullMarked
package io.scalesrpc.demo.scaled;

import org.jspecify.annotations.NullMarked;
