using NodaTime;
using OrleansBilling.Contracts.Common;

namespace OrleansBilling.Contracts.Tenants;

/// <summary>The clock of one tenant; the key is the tenant's id.</summary>
[GrainInterfaceType("billing.tenant-clock")]
public interface ITenantClockGrain : IGrainWithStringKey
{
    /// <summary>The clock as it stands.</summary>
    [Alias("read")]
    Task<ClockView> Read();

    /// <summary>
    /// Moves a test clock forward and answers when all that fell due by then is done: seals, closes, invoices.
    /// Moving to where it stands repeats what may have been left undone.
    /// </summary>
    /// <returns>Rejected with <c>clock.not_test</c> on the wall clock and <c>clock.backwards</c> for an earlier
    /// instant.</returns>
    [Alias("advance")]
    [ResponseTimeout("00:30:00")]
    Task<CommandResult<ClockView>> Advance(Instant to);
}
