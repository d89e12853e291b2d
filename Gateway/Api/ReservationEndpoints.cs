using OrleansBilling.Contracts.Common;
using OrleansBilling.Contracts.Devices;
using OrleansBilling.Contracts.Reservations;
using OrleansBilling.Gateway.Auth;
using OrleansBilling.Gateway.Problems;
using OrleansBilling.Gateway.Requests;

namespace OrleansBilling.Gateway.Api;

/// <summary>Quota of devices: reserved, reported, released.</summary>
internal static class ReservationEndpoints
{
    public static async Task<IResult> AuthorizeAsync(HttpContext context, IGrainFactory grains)
    {
        var device = context.PathId("device");
        var body = await JsonBody.ReadAsync<ReservationBody>(context);
        var errors = new List<ProblemError>();
        var dimensions = body.Dimensions is { } json ? DimensionsValue.Read(json, "/dimensions", errors) : null;
        if (errors.Count > 0)
        {
            throw new ProblemException(Problem.Invalid([.. errors]));
        }
        var spec = new ReservationSpec(
            body.Id, body.Meter, body.Quantity, body.Minimum, body.Unit, dimensions, body.LeaseSeconds ?? ReservationSpec.DefaultLease);
        return CommandAnswer.Of(await Device(context, grains, device).Reserve(spec), Location(device, body.Id));
    }

    public static async Task<IResult> GetAsync(HttpContext context, IGrainFactory grains)
    {
        var (device, id) = (context.PathId("device"), context.PathReservation());
        return CommandAnswer.Of(await Device(context, grains, device).Reservation(id), Location(device, id));
    }

    public static async Task<IResult> ReportAsync(HttpContext context, IGrainFactory grains)
    {
        var body = await JsonBody.ReadAsync<ReservationReportBody>(context);
        var next = body.Next is { } wanted
            ? new ReservationNext(wanted.Quantity, wanted.LeaseSeconds ?? ReservationSpec.DefaultLease)
            : null;
        return await SendAsync(context, grains, new(body.Number, body.Quantity, body.Unit, body.Time, next, false));
    }

    public static async Task<IResult> ReleaseAsync(HttpContext context, IGrainFactory grains)
    {
        var body = await JsonBody.ReadAsync<ReservationReleaseBody>(context);
        return await SendAsync(context, grains, new(body.Number, body.Quantity ?? 0m, body.Unit, body.Time, null, true));
    }

    private static async Task<IResult> SendAsync(HttpContext context, IGrainFactory grains, ReservationUse use)
    {
        var (device, id) = (context.PathId("device"), context.PathReservation());
        return CommandAnswer.Of(await Device(context, grains, device).ReportReserved(id, use), Location(device, id));
    }

    private static IDeviceGrain Device(HttpContext context, IGrainFactory grains, string id) =>
        grains.GetGrain<IDeviceGrain>(EntityKey.Of(context.Tenant(), id));

    private static string Location(string device, string id) =>
        $"{Locations.Of("devices", device)}/reservations/{Uri.EscapeDataString(id)}";
}
