using ChatGenius.Client;

namespace ChatGenius.FaultTests.Crowds;

/// <summary>Asks until there is an answer, as one does for what is idempotent.</summary>
internal static class Insistence
{
    static readonly TimeSpan s_again = TimeSpan.FromMilliseconds(300);

    /// <summary>Asks again whenever nothing was answered or what is needed is away.</summary>
    /// <exception cref="ChatApiException">It was refused for good.</exception>
    public static async Task<T> UntilAnsweredAsync<T>(Func<Task<T>> ask)
    {
        while (true)
            try
            {
                return await ask();
            }
            catch (Exception away) when (away is HttpRequestException or OperationCanceledException or IOException or TimeoutException or ChatApiException { IsPassing: true })
            {
                await Task.Delay(s_again);
            }
    }
}
