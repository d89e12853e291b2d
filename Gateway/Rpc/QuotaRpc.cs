using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using NodaTime;
using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Contracts.Tenants;
using OrleansBilling.Core.Amounts;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Rpc.V1;
using OrleansBilling.Gateway.Usage;

namespace OrleansBilling.Gateway.Rpc;

/// <summary>Quota over gRPC, by the same rules as over HTTP.</summary>
[NeedsScope(KeyScopes.Ingest)]
internal sealed class QuotaRpc(IGrainFactory grains) : QuotaService.QuotaServiceBase
{
    public override Task<Reservation> Authorize(AuthorizeRequest request, ServerCallContext context)
    {
        var spec = new ReservationSpec(
            Id(request.Id, "id"), Id(request.Meter, "meter"), RpcEventReader.Quantity(request.Quantity, "quantity"),
            request.Minimum.Length == 0 ? null : RpcEventReader.Quantity(request.Minimum, "minimum"), Unit(request.Unit),
            RpcEventReader.CheckedDimensions(request.Dimensions), Lease(request.LeaseSeconds));
        return AskAsync(context, request.Device, device => device.Reserve(spec));
    }

    public override Task<Reservation> ReportUse(ReportUseRequest request, ServerCallContext context)
    {
        var next = request.Next is { } wanted
            ? new ReservationNext(RpcEventReader.Quantity(wanted.Quantity, "next.quantity"), Lease(wanted.LeaseSeconds))
            : null;
        var use = new ReservationUse(
            request.Number, RpcEventReader.Quantity(request.Quantity, "quantity"), Unit(request.Unit), Time(request.Time), next, false);
        return AskAsync(context, request.Device, device => device.ReportReserved(Id(request.Id, "id"), use));
    }

    public override Task<Reservation> Release(ReleaseRequest request, ServerCallContext context)
    {
        var use = new ReservationUse(
            request.Number, request.Quantity.Length == 0 ? 0m : RpcEventReader.Quantity(request.Quantity, "quantity"), Unit(request.Unit),
            Time(request.Time), null, true);
        return AskAsync(context, request.Device, device => device.ReportReserved(Id(request.Id, "id"), use));
    }

    public override Task<Reservation> GetReservation(GetReservationRequest request, ServerCallContext context) =>
        AskAsync(context, request.Device, device => device.Reservation(Id(request.Id, "id")));

    private async Task<Reservation> AskAsync(
        ServerCallContext context, string device, Func<IDeviceGrain, Task<CommandResult<ReservationView>>> ask)
    {
        try
        {
            var key = EntityKey.Of(context.GetHttpContext().Tenant(), Id(device, "device"));
            var result = await ask(grains.GetGrain<IDeviceGrain>(key));
            return result.Succeeded ? Answer(result.Value!) : throw Refused(result.Outcome, result.Errors);
        }
        catch (Exception error) when (UsageUnavailable.Is(error))
        {
            throw new RpcException(new(StatusCode.Unavailable, "A partition cannot answer now; send the same request again."));
        }
    }

    private static Reservation Answer(ReservationView view) => new()
    {
        Id = view.Id,
        Device = view.Device,
        Subscription = view.Subscription,
        Meter = view.Meter,
        Unit = view.Unit,
        Status = view.Status switch
        {
            "open" => ReservationStatus.Open,
            "released" => ReservationStatus.Released,
            _ => ReservationStatus.Expired,
        },
        Granted = DecimalText.Format(view.Granted),
        Used = DecimalText.Format(view.Used),
        GrantedAt = Timestamp.FromDateTimeOffset(view.GrantedAt.ToDateTimeOffset()),
        ExpiresAt = Timestamp.FromDateTimeOffset(view.ExpiresAt.ToDateTimeOffset()),
        LimitedBy = view.LimitedBy ?? "",
        LastNumber = view.LastNumber,
        UsageStatus = view.UsageStatus ?? "",
        UsageCode = view.UsageCode ?? "",
        Limit = view.Limit ?? "",
    };

    private static RpcException Refused(CommandOutcome outcome, CommandError[] errors)
    {
        var code = outcome switch
        {
            CommandOutcome.NotFound => StatusCode.NotFound,
            CommandOutcome.Conflict when errors[0].Code is "reservation.limit_reached" or "reservation.balance_exhausted" => StatusCode.ResourceExhausted,
            CommandOutcome.Conflict => StatusCode.FailedPrecondition,
            _ => StatusCode.InvalidArgument,
        };
        return new(new(code, string.Join("; ", errors.Select(e => $"{e.Code}: {e.Message}"))));
    }

    private static string Id(string id, string field) => EntityId.IsValid(id) ? id : throw RpcEventReader.Invalid(
        $"json.value: '{field}' must be 1 to 128 printable characters.");

    private static string? Unit(string unit) => unit.Length == 0 ? null
        : unit.Length <= Core.Usage.Unit.MaxLength ? unit
        : throw RpcEventReader.Invalid("usage.unit_mismatch: the unit is no unit of the meter.");

    private static int Lease(int seconds) => seconds == 0 ? ReservationSpec.DefaultLease : seconds;

    private static Instant? Time(Timestamp? time) => time is null ? null
        : RpcEventReader.IsTime(time) ? Instant.FromUnixTimeTicks(RpcEventReader.TicksOf(time))
        : throw RpcEventReader.Invalid("usage.time_invalid: the time is no timestamp.");
}
