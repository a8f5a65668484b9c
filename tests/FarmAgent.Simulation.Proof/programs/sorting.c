/* Quick sort, insertion sort and binary search over words and over records of half-words and bytes. */
#include "programs.h"

typedef struct {
    u16 key;
    signed char weight;
    u8 tag;
    int value;
} Item;

static int words[400];
static Item items[120];

static void quick(int *from, int *to)
{
    while (to - from > 8) {
        int pivot = from[(to - from) / 2];
        int *low = from;
        int *high = to - 1;
        while (low <= high) {
            while (*low < pivot) {
                low++;
            }
            while (*high > pivot) {
                high--;
            }
            if (low <= high) {
                int swap = *low;
                *low++ = *high;
                *high-- = swap;
            }
        }
        if (high - from < to - low) {
            quick(from, high + 1);
            from = low;
        } else {
            quick(low, to);
            to = high + 1;
        }
    }
    for (int *next = from + 1; next < to; next++) {
        int value = *next;
        int *place = next;
        while (place > from && place[-1] > value) {
            *place = place[-1];
            place--;
        }
        *place = value;
    }
}

static int before(const Item *left, const Item *right)
{
    return left->weight != right->weight ? left->weight < right->weight : left->key < right->key;
}

u32 sorting(u32 seed)
{
    u32 digest = 0;
    u32 index;
    for (index = 0; index < 400; index++) {
        words[index] = (int)noise(&seed);
    }
    quick(words, words + 400);
    for (index = 0; index < 400; index += 7) {
        digest = mix(digest, (u32)words[index]);
    }
    for (index = 0; index < 120; index++) {
        u32 random = noise(&seed);
        items[index] = (Item){(u16)random, (signed char)(random >> 16), (u8)(random >> 24), (int)(random * 3)};
    }
    for (index = 1; index < 120; index++) {
        Item item = items[index];
        int place = (int)index;
        while (place > 0 && before(&item, &items[place - 1])) {
            items[place] = items[place - 1];
            place--;
        }
        items[place] = item;
    }
    for (index = 0; index < 120; index++) {
        digest = mix(digest, items[index].key ^ (u32)items[index].value ^ ((u32)items[index].tag << 8) ^ (u32)items[index].weight);
    }
    return digest;
}
