// The language of value stream maps. It says what can be written; which property or statement may stand where, and what a value must
// be, is said in compiler/lower, so that a misplaced or misspelt word gets a message in the language's own terms.
//
// Keywords are contextual: rule `word` lets every one of them be a name. A property takes one value and a statement begins with a
// keyword, so nothing needs a separator.
grammar Vsm;

file      : (items+=item ','?)* EOF ;

block     : '{' (items+=item ','?)* '}' ;

item      : fact=property | said=statement ;

statement : a_import=import_file | a_team=team | a_stream=stream | a_future=future
          | a_stage=stage | a_step=step | a_parallel=parallel | a_choose=choose | a_branch=branch | a_wait=wait | a_queue=queue
          | a_rework=rework | a_target=target | an_expect=expect | a_note=note | a_kaizen=kaizen | an_allow=allow
          | a_change=change | a_remove=remove | an_add=add | a_replace=replace | a_move=move
          ;

property  : name=word ':' val=value ;

import_file : keyword='import' path=STRING ;
team      : keyword='team' name=word title=STRING? body=block? ;
stream    : keyword='stream' name=word title=STRING? body=block ;
future    : keyword='future' name=word title=STRING? 'of' base=word ('by' due=DATE)? body=block ;

stage     : keyword='stage' name=word title=STRING? body=block ;
step      : keyword='step' name=word title=STRING? body=block? ;
parallel  : keyword='parallel' name=word? title=STRING? body=block ;
choose    : keyword='choose' name=word? title=STRING? body=block ;
branch    : keyword='branch' share=PERCENT? name=word? title=STRING? body=block ;
wait      : keyword='wait' name=word? time=duration title=STRING? body=block? ;
queue     : keyword='queue' name=word? count=amount title=STRING? body=block? ;

rework    : keyword='rework' probability=PERCENT once='once'? ('to' to=word | body=block) ;
target    : keyword='target' of=metric ('from' baseline=figure 'to')? rel=relation bound=figure ('by' due=DATE)? text=STRING? ;
expect    : keyword='expect' of=metric rel=relation bound=figure ;
note      : keyword='note' text=STRING ('on' element=word)? ;
kaizen    : keyword='kaizen' text=STRING ('on' element=word)? body=block? ;
allow     : keyword='allow' rule_name=word reason=STRING ;

change    : keyword='change' element=word body=block ;
remove    : keyword='remove' element=word ;
add       : keyword='add' side=('before' | 'after') anchor=word added=item ;
replace   : keyword='replace' element=word 'with' added=item ;
move      : keyword='move' element=word side=('before' | 'after') anchor=word ;

value     : time=duration | per=rate | on=date | text=STRING | single=word | many=list | not_applicable=NOT_APPLICABLE ;
duration  : unknown='?' | range=span | shape=distribution ;
figure    : range=span | per=rate ;
span      : guess='~'? parts+=amount ('..' parts+=amount ('..' parts+=amount)?)? ;
distribution : name=word '(' (arguments+=argument (',' arguments+=argument)* ','?)? ')' ;
argument  : name=word? size=amount ;
rate      : first=amount '/' first_unit=word (second=amount '/' second_unit=word)? ;
date      : day=DATE source=STRING? ;
list      : '[' (values+=value (',' values+=value)* ','?)? ']' ;
amount    : QUANTITY | PERCENT | NUMBER ;
metric    : parts+=word ('.' parts+=word)* ;
relation  : '<=' | '>=' | '<' | '>' | '=' ;

word      : NAME
          | IMPORT | TEAM | STREAM | FUTURE | STAGE | STEP | PARALLEL | CHOOSE | BRANCH | WAIT | QUEUE | REWORK | TARGET | EXPECT
          | NOTE | KAIZEN | ALLOW | CHANGE | REMOVE | ADD | REPLACE | MOVE | OF | BY | ONCE | TO | FROM | ON | BEFORE | AFTER | WITH
          ;

IMPORT : 'import' ;   TEAM : 'team' ;     STREAM : 'stream' ;   FUTURE : 'future' ;
STAGE : 'stage' ;     STEP : 'step' ;     PARALLEL : 'parallel' ; CHOOSE : 'choose' ; BRANCH : 'branch' ;
WAIT : 'wait' ;       QUEUE : 'queue' ;   REWORK : 'rework' ;   TARGET : 'target' ;   EXPECT : 'expect' ;
NOTE : 'note' ;       KAIZEN : 'kaizen' ; ALLOW : 'allow' ;
CHANGE : 'change' ;   REMOVE : 'remove' ; ADD : 'add' ;         REPLACE : 'replace' ; MOVE : 'move' ;
OF : 'of' ;           BY : 'by' ;         ONCE : 'once' ;       TO : 'to' ;           FROM : 'from' ;
ON : 'on' ;           BEFORE : 'before' ; AFTER : 'after' ;     WITH : 'with' ;

OPEN : '{' ;          CLOSE : '}' ;       OPEN_LIST : '[' ;     CLOSE_LIST : ']' ;
OPEN_ARGUMENTS : '(' ; CLOSE_ARGUMENTS : ')' ;
COLON : ':' ;         COMMA : ',' ;       RANGE : '..' ;        DOT : '.' ;           PER : '/' ;
GUESS : '~' ;         UNKNOWN : '?' ;     NOT_APPLICABLE : 'n/a' ;
AT_MOST : '<=' ;      AT_LEAST : '>=' ;   BELOW : '<' ;         ABOVE : '>' ;         EQUAL : '=' ;
PERCENT_SIGN : '%' ;  MINUS : '-' ;

// Wider than the language: what is no number, unit, date or name is refused later, with its own message.
PERCENT  : NUMBER_TEXT '%' ;
NUMBER   : NUMBER_TEXT ;
QUANTITY : NUMBER_TEXT LETTER (LETTER | DIGIT | '.' DIGIT)* ;
DATE     : DIGIT+ '-' DIGIT+ ('-' DIGIT+)? ;
NAME     : LETTER (LETTER | DIGIT | '-')* ;

STRING        : '"' STRING_PART* '"' ;
UNCLOSED_TEXT : '"' STRING_PART* '\\'? ;

COMMENT    : '#' ~[\r\n]* -> channel(HIDDEN) ;
BLANK      : [ \t\r\n]+ -> skip ;
UNEXPECTED : . ;

fragment NUMBER_TEXT : DIGIT+ ('.' DIGIT+)? ;
fragment STRING_PART : ~["\\\r\n] | '\\' ~[\r\n] ;
fragment DIGIT       : [0-9] ;
// Characters beyond ASCII are letters here; none may stand in a name, which is said where names are checked.
fragment LETTER      : [A-Za-z_\u007F-\u{10FFFF}] ;
