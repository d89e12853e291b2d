using OrleansBilling.Client.Sending;
using Xunit;

namespace OrleansBilling.Client.Tests.Sending;

public sealed class BackoffTests
{
    [Fact]
    public void Pauses_double_up_to_the_longest_and_are_up_to_half_shorter()
    {
        var backoff = new Backoff(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));

        foreach (var full in new[] { 1, 2, 4, 5, 5, 5 })
        {
            Assert.InRange(backoff.Next().TotalSeconds, full / 2.0, full);
        }
        backoff.Reset();
        Assert.InRange(backoff.Next().TotalSeconds, 0.5, 1);
    }
}
