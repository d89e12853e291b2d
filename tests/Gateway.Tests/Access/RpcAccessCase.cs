using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using OrleansBilling.Gateway.Rpc.V1;

namespace OrleansBilling.Gateway.Tests.Access;

/// <summary>What a gRPC method answers to whom.</summary>
/// <param name="Method">As reflection names it.</param>
/// <param name="Message">The request about what the owner has.</param>
/// <param name="Scopes">Any one of them is enough; null: no key is needed.</param>
/// <param name="Foreign">Status for a key of another tenant.</param>
/// <param name="OfCustomer">Whether a key of the customer may use it, for that customer only.</param>
internal sealed record RpcAccessCase(
    string Method, IMessage Message, string[]? Scopes, StatusCode Foreign = StatusCode.NotFound, bool OfCustomer = false)
{
    private static readonly string[] Ingest = ["ingest", "admin"];
    private static readonly string[] Read = ["read", "billing", "admin"];
    private static readonly string[] Any = ["ingest", "read", "devices", "billing", "admin"];

    /// <summary>Every method, in an order in which the owner's calls succeed.</summary>
    public static readonly RpcAccessCase[] All =
    [
        new("orleansbilling.v1.UsageService/Report", Batch("g1-own"), Ingest, StatusCode.OK),
        new("orleansbilling.v1.UsageService/Upload", Batch("g2-own"), Ingest, StatusCode.OK),
        new("orleansbilling.v1.UsageService/Stream", Batch("g3-own"), Ingest, StatusCode.OK),
        new("orleansbilling.v1.QuotaService/Authorize", new AuthorizeRequest
        {
            Id = "r4-own", Device = "quota-own", Meter = "m-own", Quantity = "1",
        }, Ingest),
        new("orleansbilling.v1.QuotaService/GetReservation", new GetReservationRequest { Device = "quota-own", Id = "rpc-own" }, Ingest),
        new("orleansbilling.v1.QuotaService/ReportUse", new ReportUseRequest
        {
            Device = "quota-own", Id = "rpc-own", Number = 1, Quantity = "0.5",
        }, Ingest),
        new("orleansbilling.v1.QuotaService/Release", new ReleaseRequest { Device = "quota-own", Id = "rpc-own", Number = 2 }, Ingest),
        new("orleansbilling.v1.BillService/GetBill", new GetBillRequest { Customer = "c-own" }, Read, OfCustomer: true),
        new("orleansbilling.v1.BillService/WatchBill", new WatchBillRequest { Customer = "c-own" }, Read, OfCustomer: true),
        new("orleansbilling.v1.BillService/WatchSubscription", new WatchSubscriptionRequest { Subscription = "s-own" }, Read, OfCustomer: true),
        new("orleansbilling.v1.BillService/WatchDevice", new WatchDeviceRequest { Device = "d-own" }, [.. Read, "devices"]),
        new("grpc.health.v1.Health/Check", new HealthCheckRequest(), null, StatusCode.OK),
        new("grpc.health.v1.Health/Watch", new HealthCheckRequest(), null, StatusCode.OK),
        new("grpc.reflection.v1.ServerReflection/ServerReflectionInfo", new ServerReflectionRequest { ListServices = "" }, Any, StatusCode.OK),
        new("grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", new ServerReflectionRequest { ListServices = "" }, Any, StatusCode.OK),
    ];

    /// <summary>What of the API everybody with a key may see, of whatever tenant and customer.</summary>
    public bool IsReference => Method.StartsWith("grpc.", StringComparison.Ordinal);

    private static ReportRequest Batch(string id) => new()
    {
        Events =
        {
            new UsageEvent
            {
                Id = id, Device = "d-own", Meter = "m-own", Value = "1", Time = Timestamp.FromDateTimeOffset(new(2012, 7, 1, 8, 0, 0, TimeSpan.Zero)),
            },
        },
    };
}
