using System.Diagnostics;

namespace OrleansBilling.Tests.Support;

/// <summary>Waits for a condition instead of for a time.</summary>
public static class Wait
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    /// <exception cref="TimeoutException">The condition did not come true; says what was waited for.</exception>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan? limit = null)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > (limit ?? TimeSpan.FromSeconds(60)))
            {
                throw new TimeoutException($"Waited in vain until {what}.");
            }
            await Task.Delay(Step);
        }
    }

    /// <inheritdoc cref="UntilAsync(Func{Task{bool}}, string, TimeSpan?)"/>
    public static Task UntilAsync(Func<bool> condition, string what, TimeSpan? limit = null) =>
        UntilAsync(() => Task.FromResult(condition()), what, limit);
}
