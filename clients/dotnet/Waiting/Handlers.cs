namespace ChatGenius.Client;

/// <summary>Raises events so that a handler that throws harms neither the others nor what raises it.</summary>
internal static class Handlers
{
    public static void Tell<T>(Action<T>? handlers, T what, Action<Exception> failed)
    {
        foreach (var handler in Delegate.EnumerateInvocationList(handlers))
            try
            {
                handler(what);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                failed(failure);
            }
    }
}
