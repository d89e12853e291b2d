namespace OrleansBilling.Contracts.Subscriptions;

/// <summary>When a change of a subscription begins.</summary>
public enum ChangeWhen
{
    /// <summary>At the first instant from now on that is after all usage which is rated already.</summary>
    Now,

    /// <summary>When the period of now ends.</summary>
    PeriodEnd,

    /// <summary>At an instant.</summary>
    At,

    /// <summary>When the period of now began: the whole of it is rated by the new plan, as if it had been in force from then.</summary>
    PeriodStart,
}
