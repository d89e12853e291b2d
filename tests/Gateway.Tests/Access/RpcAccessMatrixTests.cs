using System.Text;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Tests.Host;
using OrleansBilling.Gateway.Tests.Rpc;
using Xunit;

namespace OrleansBilling.Gateway.Tests.Access;

/// <summary>Every gRPC method that the server lists with every kind of key, on what exists.</summary>
[Collection(HostCollection.Name)]
public sealed class RpcAccessMatrixTests(HostFixture host) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(host.Silo.GrpcUrl);

    public void Dispose() => _channel.Dispose();

    [Fact]
    public async Task Every_method_is_in_the_matrix_and_gives_each_key_only_its_own()
    {
        using var world = await AccessWorld.MakeAsync(host);
        var rpc = new RawRpc(_channel);
        var methods = await rpc.MethodsAsync(Key(world.Owner)!);
        Assert.Equal(methods.Keys.Order(), RpcAccessCase.All.Select(one => one.Method).Order());
        var faults = new List<string>();
        var before = (await world.Owner.GetAsync("/v1/devices/d-own/usage")).Body + (await world.Owner.GetAsync("/v1/devices/quota-own/reservations/rpc-own")).Body;

        foreach (var one in RpcAccessCase.All)
        {
            await CheckRefusalsAsync(world, one, (caller, message) => rpc.CallAsync(one.Method, methods[one.Method], [message], Key(caller)), faults);
        }
        Assert.Equal(before, (await world.Owner.GetAsync("/v1/devices/d-own/usage")).Body + (await world.Owner.GetAsync("/v1/devices/quota-own/reservations/rpc-own")).Body);
        foreach (var one in RpcAccessCase.All)
        {
            await CheckAllowedAsync(world, one, (caller, message) => rpc.CallAsync(one.Method, methods[one.Method], [message], Key(caller)), faults);
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task CheckRefusalsAsync(
        AccessWorld world, RpcAccessCase one, Func<Caller, byte[], Task<RpcOutcome>> call, List<string> faults)
    {
        var own = one.Message.ToByteArray();
        foreach (var (who, caller) in new[] { ("no key", world.Nobody), ("a revoked key", world.Revoked) })
        {
            Expect(one, who, await call(caller, own), one.Scopes is null ? StatusCode.OK : StatusCode.Unauthenticated, faults);
        }
        foreach (var (scope, caller) in world.Scoped.Where(pair => one.Scopes?.Contains(pair.Key) == false))
        {
            Expect(one, $"a key with {scope}", await call(caller, own), StatusCode.PermissionDenied, faults);
        }
        var otherCustomer = one.OfCustomer ? StatusCode.NotFound : one.IsReference ? StatusCode.OK : StatusCode.PermissionDenied;
        foreach (var (what, customer, other) in new[] { ("key", world.Customer, world.OtherCustomer), ("portal token", world.Portal, world.OtherPortal) })
        {
            await CheckForeignAsync(world, one, $"another customer's {what}", otherCustomer, message => call(other, message), faults);
            Expect(one, $"the customer's {what}", await call(customer, own),
                one.OfCustomer || one.IsReference ? StatusCode.OK : StatusCode.PermissionDenied, faults);
        }
    }

    private static async Task CheckAllowedAsync(
        AccessWorld world, RpcAccessCase one, Func<Caller, byte[], Task<RpcOutcome>> call, List<string> faults)
    {
        foreach (var scope in one.Scopes ?? ["admin"])
        {
            var answer = await call(world.Scoped[scope], one.Message.ToByteArray());
            Expect(one, $"the tenant's key with {scope}", answer, StatusCode.OK, faults);
            if (answer.Answers.Count > 0 && one.Method.EndsWith("/Report", StringComparison.Ordinal))
            {
                var taken = ReportResponse.Parser.ParseFrom(answer.Answers[0]).Results[0].Status;
                Assert.Equal(scope == one.Scopes![0] ? UsageStatus.Accepted : UsageStatus.Duplicate, taken);
            }
        }
        await CheckForeignAsync(world, one, "another tenant's key", one.Foreign, message => call(world.Stranger, message), faults);
    }

    private static async Task CheckForeignAsync(
        AccessWorld world, RpcAccessCase one, string whose, StatusCode status, Func<byte[], Task<RpcOutcome>> call, List<string> faults)
    {
        var foreign = await call(one.Message.ToByteArray());
        var absent = await call(Absent(one.Message).ToByteArray());
        Expect(one, whose, foreign, status, faults);
        var (told, tellable) = (Text(world, one, foreign), Text(world, one, absent));
        if ((foreign.Status, world.Masked(foreign.Detail), told) != (absent.Status, world.Masked(absent.Detail), tellable))
        {
            faults.Add($"{one.Method} with {whose}: {foreign.Detail} {told} tells more than {absent.Detail} {tellable}");
        }
    }

    private static void Expect(RpcAccessCase one, string whose, RpcOutcome answer, StatusCode status, List<string> faults)
    {
        if (answer.Status != status)
        {
            faults.Add($"{one.Method} with {whose}: {answer.Status}, not {status}: {answer.Detail}");
        }
    }

    /// <summary>Ids of both kinds are equally long, so that masked bytes can be compared.</summary>
    private static string Text(AccessWorld world, RpcAccessCase one, RpcOutcome outcome) =>
        string.Join('\n', outcome.Answers.Select(answer => world.Masked(Encoding.Latin1.GetString(WithoutPlace(one, answer)))));

    /// <summary>The partition follows from the caller's tenant and the id asked for, whether or not there is such a device.</summary>
    private static byte[] WithoutPlace(RpcAccessCase one, byte[] answer)
    {
        if (!one.Method.StartsWith("orleansbilling.v1.UsageService/", StringComparison.Ordinal))
        {
            return answer;
        }
        IMessage message = one.Method.EndsWith("/Upload", StringComparison.Ordinal)
            ? UploadSummary.Parser.ParseFrom(answer)
            : ReportResponse.Parser.ParseFrom(answer);
        foreach (var result in message is UploadSummary summary ? summary.Issues.Select(issue => issue.Result) : ((ReportResponse)message).Results)
        {
            result.Partition = 0;
        }
        return message.ToByteArray();
    }

    private static IMessage Absent(IMessage message)
    {
        var bytes = Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(message.ToByteArray()).Replace("-own", "-nil", StringComparison.Ordinal));
        return message.Descriptor.Parser.ParseFrom(bytes);
    }

    private static Metadata? Key(Caller caller) => caller.Key.Length == 0 ? null : new() { { "authorization", $"Bearer {caller.Key}" } };
}
