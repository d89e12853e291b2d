using Grpc.Core;
using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Customers;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Subscriptions;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Gateway.Api;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Live;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Usage;
using DeviceUsage = OrleansBilling.Contracts.Devices.DeviceUsage;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>Running bills over gRPC, once or as they move.</summary>
[NeedsScope(KeyScopes.Read | KeyScopes.Devices, ChecksCustomer = true)]
internal sealed class BillRpc(IGrainFactory grains, LiveFeed feed, IHostApplicationLifetime lifetime) : BillService.BillServiceBase
{
    public override async Task<Bill> GetBill(GetBillRequest request, ServerCallContext context)
    {
        var caller = Reader(context);
        try
        {
            var bill = await Customer(caller, request.Customer).Bill() ?? throw NoSuch("customer", request.Customer);
            return BillMessages.Of(BillAnswer.Of(bill), "");
        }
        catch (Exception error) when (UsageUnavailable.Is(error))
        {
            throw new RpcException(new(StatusCode.Unavailable, "A partition cannot answer now; send the same request again."));
        }
    }

    public override Task WatchBill(WatchBillRequest request, IServerStreamWriter<Bill> responseStream, ServerCallContext context)
    {
        var caller = Reader(context);
        var customer = Customer(caller, request.Customer);
        return WatchAsync(
            context, caller, "customer", request.Customer, async () => await customer.Bill() is { } bill ? BillAnswer.Of(bill) : null,
            bill => bill with { AsOf = Instant.MinValue }, request.KnownVersion, responseStream, BillMessages.Of, () => new Bill());
    }

    public override async Task WatchSubscription(
        WatchSubscriptionRequest request, IServerStreamWriter<SubscriptionCharges> responseStream, ServerCallContext context)
    {
        var caller = Reader(context);
        var (id, subscription) = (request.Subscription,
            grains.GetGrain<ISubscriptionGrain>(EntityKey.Of(caller.Key.Tenant, Id(request.Subscription, "subscription"))));
        if (caller.Key.Customer is { } only && (await subscription.Get())?.Customer != only)
        {
            throw NoSuch("subscription", id);
        }
        await WatchAsync(
            context, caller, "subscription", id,
            async () => await subscription.Get() is null ? null : SubscriptionBillAnswer.Of(id, await subscription.RunningStatements()),
            bill => bill, request.KnownVersion, responseStream, BillMessages.Of, () => new SubscriptionCharges());
    }

    public override Task WatchDevice(
        WatchDeviceRequest request, IServerStreamWriter<V1.DeviceUsage> responseStream, ServerCallContext context)
    {
        var caller = context.GetHttpContext().Caller();
        if (caller.Key.Customer is not null)
        {
            throw Denied(Problem.CustomerKey());
        }
        var device = grains.GetGrain<IDeviceGrain>(EntityKey.Of(caller.Key.Tenant, Id(request.Device, "device")));
        return WatchAsync(
            context, caller, "device", request.Device, () => device.Usage(null, null), usage => usage, request.KnownVersion, responseStream,
            (DeviceUsage usage, string version) => BillMessages.Of(usage, version), () => new V1.DeviceUsage());
    }

    private async Task WatchAsync<T, TMessage>(
        ServerCallContext context, ApiKeyPrincipal caller, string concept, string id, Func<Task<T?>> read, Func<T, T> lasting, string known,
        IServerStreamWriter<TMessage> stream, Func<T, string, TMessage> message, Func<TMessage> heartbeat) where T : class
    {
        try
        {
            _ = await read() ?? throw NoSuch(concept, id);
            var states = feed.WatchAsync(
                $"{concept}/{id}", caller, read, lasting, known.Length == 0 ? null : known, context.CancellationToken);
            await foreach (var state in states)
            {
                await stream.WriteAsync(state is null ? heartbeat() : message(state.Value, state.Version), context.CancellationToken);
            }
        }
        catch (ProblemException full) when (full.Problem.Status == 429)
        {
            throw RpcStatus.Limited(full.Problem);
        }
        catch (Exception error) when (UsageUnavailable.Is(error) && !context.CancellationToken.IsCancellationRequested)
        {
            throw new RpcException(new(StatusCode.Unavailable, "A partition cannot answer now; watch again."));
        }
        if (!context.CancellationToken.IsCancellationRequested)
        {
            throw lifetime.ApplicationStopping.IsCancellationRequested
                ? new RpcException(new(StatusCode.Unavailable, "The server stops; watch at another one."))
                : new RpcException(new(StatusCode.Unauthenticated, "The API key no longer works."));
        }
    }

    /// <summary>The caller, who must be allowed to read bills, not only devices.</summary>
    private static ApiKeyPrincipal Reader(ServerCallContext context)
    {
        var caller = context.GetHttpContext().Caller();
        return caller.Key.Allows(KeyScopes.Read)
            ? caller
            : throw Denied(Problem.ScopeMissing(ScopeText.Names(KeyScopes.Read), ScopeText.Names(caller.Key.Scopes)));
    }

    private ICustomerGrain Customer(ApiKeyPrincipal caller, string id) => caller.Key.Customer is { } only && only != id
        ? throw NoSuch("customer", id)
        : grains.GetGrain<ICustomerGrain>(EntityKey.Of(caller.Key.Tenant, Id(id, "customer")));

    private static string Id(string id, string field) => EntityId.IsValid(id) ? id : throw RpcEventReader.Invalid(
        $"json.value: '{field}' must be 1 to 128 printable characters.");

    private static RpcException Denied(ApiProblem problem) => new(new(StatusCode.PermissionDenied, $"{problem.Code}: {problem.Detail}"));

    private static RpcException NoSuch(string concept, string id)
    {
        var problem = Problem.NotFound(concept, id);
        return new(new(StatusCode.NotFound, $"{problem.Code}: {problem.Detail}"));
    }
}
