namespace OrleansBilling.Core.Pricing;

/// <summary>Whose an included quantity is. The members stand in the order in which allowances are used.</summary>
public enum AllowanceKind
{
    /// <summary>Each device has a quantity of its own, which no other can use.</summary>
    Device = 0,

    /// <summary>Each device brings a quantity, and all devices use the sum.</summary>
    Flex = 1,

    /// <summary>A quantity of the subscription, however many devices there are.</summary>
    Fixed = 2,

    /// <summary>A quantity that is bought by itself, again and again, while usage is left.</summary>
    Block = 3,
}
