package io.sluice.simulation.fault;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A port of which any call may go wrong. What a fault means beyond dying, failing and being
 * disturbed is for each port to say.
 */
public class FaultyPort implements InvocationHandler {
  private final Object whole;
  private final String name;
  private final Faults faults;

  /** Disturbs the calls of {@code whole}. */
  protected FaultyPort(String name, Object whole, Faults faults) {
    this.name = name;
    this.whole = whole;
    this.faults = faults;
  }

  /** This as a {@code port}. */
  protected final <P> P as(Class<P> port) {
    return port.cast(Proxy.newProxyInstance(port.getClassLoader(), new Class<?>[] {port}, this));
  }

  /** What the call is called. */
  protected String nameOf(Method method, @Nullable Object @Nullable [] arguments) {
    return name + "." + method.getName();
  }

  /** What may go wrong at a call. */
  protected Set<Fault> possible(Method method) {
    return Fault.OF_EFFECTS;
  }

  /** The effect of a call at which {@code fault} goes wrong, if any. */
  protected @Nullable Object effect(
      Method method, @Nullable Fault fault, Supplier<@Nullable Object> effect) {
    return effect.get();
  }

  @Override
  public @Nullable Object invoke(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return method.invoke(whole, arguments);
    }
    String call = nameOf(method, arguments);
    Fault fault = faults.begin(call, possible(method));
    Object result = effect(method, fault, () -> called(method, arguments));
    faults.end(call, fault);
    return result;
  }

  private @Nullable Object called(Method method, @Nullable Object @Nullable [] arguments) {
    try {
      return method.invoke(whole, arguments);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException(e);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
