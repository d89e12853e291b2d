using System.Net.ServerSentEvents;
using System.Text.Json;
using NodaTime;
using OrleansBilling.Gateway.Api;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Live;

/// <summary>Server-sent events: what is watched as it is, then each change of it.</summary>
internal static class LiveEndpoints
{
    private static readonly TimeSpan ReconnectAfter = TimeSpan.FromSeconds(1);

    public static Task<IResult> CustomerAsync(HttpContext context, IGrainFactory grains, LiveFeed feed)
    {
        var id = context.PathId("customer");
        var customer = CustomerEndpoints.Customer(context, grains, id);
        return AnswerAsync(
            context, feed, "bill", $"customer/{id}", async () => await customer.Bill() is { } bill ? BillAnswer.Of(bill) : null,
            bill => bill with { AsOf = Instant.MinValue }, Problem.NotFound("customer", id));
    }

    public static Task<IResult> SubscriptionAsync(HttpContext context, IGrainFactory grains, LiveFeed feed)
    {
        var id = context.PathId("subscription");
        var subscription = SubscriptionEndpoints.Subscription(context, grains, id);
        return AnswerAsync(
            context, feed, "bill", $"subscription/{id}",
            async () => await subscription.Get() is null ? null : SubscriptionBillAnswer.Of(id, await subscription.RunningStatements()),
            bill => bill, Problem.NotFound("subscription", id));
    }

    public static Task<IResult> DeviceAsync(HttpContext context, IGrainFactory grains, LiveFeed feed)
    {
        var id = context.PathId("device");
        var device = DeviceEndpoints.Device(context, grains, id);
        return AnswerAsync(context, feed, "usage", $"device/{id}", () => device.Usage(null, null), usage => usage, Problem.NotFound("device", id));
    }

    private static async Task<IResult> AnswerAsync<T>(
        HttpContext context, LiveFeed feed, string name, string key, Func<Task<T?>> read, Func<T, T> lasting, ApiProblem unknown)
        where T : class
    {
        if (feed.IsFull || await read() is null)
        {
            return new ProblemResult(feed.IsFull ? Problem.TooMany() : unknown);
        }
        var known = context.Request.Headers["Last-Event-ID"].ToString();
        var states = feed.WatchAsync(key, context.Caller(), read, lasting, known.Length == 0 ? null : known, context.RequestAborted);
        return TypedResults.ServerSentEvents(states.Select(state => Item(state, name)));
    }

    private static SseItem<string> Item<T>(LiveState<T>? state, string name) => state is null
        ? new SseItem<string>("", "ping")
        : new SseItem<string>(JsonSerializer.Serialize(state.Value, ApiJson.Options), name)
        {
            EventId = state.Version,
            ReconnectionInterval = ReconnectAfter,
        };
}
